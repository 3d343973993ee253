/* What a party's pages do faster with scripts; every one of them works without. */
import * as autosave from "./autosave.mjs";
import * as forms from "./forms.mjs";
import * as upload from "./upload.mjs";

autosave.start();
forms.start();
upload.start();
