//! The data a page of the site is made of. It stands in a script, as JSON inside
//! a text: `window.__staticRouterHydrationData = JSON.parse("{…}")`.

use portal_sdk::scripts;
use serde_json::{Deserializer, Value};

/// The data of `page`: a page of the site, or that data as bare JSON.
pub(crate) fn data(page: &str) -> Option<Value> {
    if page.trim_start().starts_with(['{', '[']) {
        return first(page);
    }
    scripts(page).find_map(|script| {
        let (_, after) = script.text.split_once("HydrationData")?;
        let (_, value) = after.split_once('=')?;
        match value.trim_start().strip_prefix("JSON.parse(") {
            Some(text) => first(first(text)?.as_str()?),
            None => first(value),
        }
    })
}

/// The value `text` begins with, whatever follows it.
fn first(text: &str) -> Option<Value> {
    Deserializer::from_str(text).into_iter().next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_data_is_found_in_each_of_its_forms() {
        let expected = json!({"a": "\"é<"});
        for page in [
            r#"<script>x</script><script nonce="n">window.__staticRouterHydrationData = JSON.parse("{\"a\":\"\\\"é\u003c\"}");</script>"#,
            r#"<script>window.__staticRouterHydrationData={"a":"\"é<"};more()</script>"#,
            r#" {"a":"\"é<"}"#,
        ] {
            assert_eq!(data(page).as_ref(), Some(&expected), "{page}");
        }
        for page in [
            "",
            "<html>",
            "<script>window.__staticRouterHydrationData = JSON.parse(\"{\\\"a\\\":</script>",
            "<script>window.__staticRouterHydrationData = JSON.parse(x)</script>",
            "{\"a\":",
        ] {
            assert_eq!(data(page), None, "{page}");
        }
    }
}
