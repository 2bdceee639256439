"""The evaluation set of the gate: thirty reports that we wrote and annotated ourselves (docs/gate.md)."""
