//! Addresses with parameters.

/// `url` with these parameters added, percent-encoded.
pub fn with_query(url: &str, parameters: &[(&str, &str)]) -> String {
    let mut out = url.to_owned();
    for (key, value) in parameters {
        out.push(if out.contains('?') { '&' } else { '?' });
        encode(&mut out, key);
        out.push('=');
        encode(&mut out, value);
    }
    out
}

fn encode(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_encoded() {
        for (url, parameters, expected) in [
            ("https://a.example/", &[][..], "https://a.example/"),
            (
                "https://a.example/",
                &[("q", "c++ é&b")],
                "https://a.example/?q=c%2B%2B%20%C3%A9%26b",
            ),
            (
                "https://a.example/?x=1",
                &[("a", ""), ("b", "2")],
                "https://a.example/?x=1&a=&b=2",
            ),
        ] {
            assert_eq!(with_query(url, parameters), expected);
        }
    }
}
