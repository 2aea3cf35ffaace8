//! The life of an application, as a pure state machine.
