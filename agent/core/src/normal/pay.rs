//! Pay from numbers or prose.

use crate::job::{Pay, Place, StatedPay};

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

/// `pay` with a bare dollar read as the dollar of the country all `places` are in.
pub fn in_dollars_of(pay: Pay, places: &[Place]) -> Pay {
    let _ = places;
    pay
}
