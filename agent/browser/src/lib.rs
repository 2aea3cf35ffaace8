//! Reading, filling and releasing a form in a real browser, behind the gate.
#![deny(missing_docs)]
