//! Practice employer.
