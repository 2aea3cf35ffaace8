//! Pay from numbers or prose.

use crate::job::{Pay, StatedPay};

/// Pay from what the portal states in its own fields.
pub fn of_stated(stated: &StatedPay) -> Option<Pay> {
    let _ = stated;
    None
}

/// Pay from the sentences of a description ("$60,000 - $97,000/year").
pub fn of_text(text: &str) -> Option<Pay> {
    let _ = text;
    None
}
