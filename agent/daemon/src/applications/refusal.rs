//! A form that does not take what was approved, in the words of a review.

use agent_approval::{Difference, Manifest, Value};
use agent_browser::BrowserError;

/// What such a form differs in; none when the browser or the way to the page
/// failed, which says nothing of the form.
pub(super) fn difference(error: &BrowserError, approved: &Manifest) -> Option<Difference> {
    match error {
        BrowserError::Field { field, why } => {
            let mut fields = approved.snapshots.iter().flat_map(|page| &page.fields);
            let before = fields.find(|there| there.name == *field);
            Some(Difference {
                field: field.clone(),
                before: before.map(|there| words(&there.value)),
                after: Some(format!("the live form does not keep it: {why}")),
            })
        }
        BrowserError::Changed { what } => Some(Difference {
            field: "The form".to_owned(),
            before: Some("as you reviewed it".to_owned()),
            after: Some(what.clone()),
        }),
        BrowserError::Missing { .. }
        | BrowserError::Versions { .. }
        | BrowserError::Gone { .. }
        | BrowserError::Load { .. }
        | BrowserError::Closed { .. }
        | BrowserError::File { .. }
        | BrowserError::Gate { .. } => None,
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::Empty => "nothing".to_owned(),
        Value::Text(text) => text.clone(),
        Value::Chosen(options) => options.join(", "),
        Value::Ticked(true) => "ticked".to_owned(),
        Value::Ticked(false) => "not ticked".to_owned(),
        Value::File(name) => format!("the file {name}"),
    }
}
