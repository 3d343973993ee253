/* What the staff's pages do faster with scripts; every one of them works without. */
import * as autosave from "./autosave.mjs";
import * as forms from "./forms.mjs";
import * as keys from "./keys.mjs";
import * as rows from "./rows.mjs";
import * as upload from "./upload.mjs";

keys.start();
rows.start();
autosave.start();
forms.start();
upload.start();
