"""The verbs: every change of the portal, guarded here; first arguments always (work, actor, …)."""
