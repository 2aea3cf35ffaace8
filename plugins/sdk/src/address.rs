//! Careers addresses taken apart, without the weight of a URL crate. The host
//! parses every address that is fetched; this only recognises what a person
//! pasted.

use crate::is_name;

/// An address as a person pastes it: scheme optional, case of the host free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Lower case, without port.
    pub host: String,
    /// Parts of the path that are not empty, percent-decoded.
    pub path: Vec<String>,
    /// Keys and values of the query, percent-decoded.
    pub query: Vec<(String, String)>,
}

impl Address {
    /// Takes `text` apart; none when it is no http(s) address.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let rest = match text.split_once("://") {
            Some((scheme, rest)) => (scheme.eq_ignore_ascii_case("https")
                || scheme.eq_ignore_ascii_case("http"))
            .then_some(rest)?,
            None => text,
        };
        let rest = rest.split('#').next().unwrap_or_default();
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        if authority.contains('@') {
            return None;
        }
        let host = authority.split(':').next().unwrap_or_default();
        let host = host.to_ascii_lowercase();
        let letter = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        if !host.contains('.') || !host.chars().all(letter) {
            return None;
        }
        Some(Self {
            host,
            path: path
                .split('/')
                .filter(|part| !part.is_empty())
                .map(decode)
                .collect(),
            query: query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .map(|(key, value)| (decode(key), decode(value)))
                .collect(),
        })
    }

    /// The path's part at `index`, when it is there and a plain name (see [`is_name`]).
    pub fn name_at(&self, index: usize) -> Option<&str> {
        self.path
            .get(index)
            .map(String::as_str)
            .filter(|name| is_name(name))
    }

    /// The first value of `key` in the query.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.query
            .iter()
            .find_map(|(name, value)| (name == key).then_some(value.as_str()))
    }
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        let decoded = match (first, tail) {
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    rest = after;
                    high * 16 + low
                }
                (_, _) => b'%',
            },
            (b'+', _) => b' ',
            (byte, _) => *byte,
        };
        bytes.push(decoded);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &[&str])>) {
        let found = Address::parse(text);
        let found = found.as_ref().map(|a| {
            (
                a.host.as_str(),
                a.path.iter().map(String::as_str).collect::<Vec<_>>(),
            )
        });
        assert_eq!(found, expected.map(|(h, p)| (h, p.to_vec())), "{text}");
    }

    #[test]
    fn an_address_is_read_as_people_paste_it() {
        check(
            "https://jobs.lever.co/acme",
            Some(("jobs.lever.co", &["acme"])),
        );
        check(
            "  HTTP://Jobs.Lever.CO:443/acme/?x=1#y ",
            Some(("jobs.lever.co", &["acme"])),
        );
        check(
            "jobs.lever.co//acme//7",
            Some(("jobs.lever.co", &["acme", "7"])),
        );
        check("jobs.lever.co?a=b", Some(("jobs.lever.co", &[])));
        check(
            "https://jobs.lever.co/a%2Fb",
            Some(("jobs.lever.co", &["a/b"])),
        );
        check(
            "https://jobs.lever.co/100%",
            Some(("jobs.lever.co", &["100%"])),
        );
        check("https://jobs.lever.co@evil.example/acme", None);
        check("ftp://jobs.lever.co/acme", None);
        check("acme", None);
        check("", None);
        check("https://[::1]/acme", None);
    }

    #[test]
    fn the_query_is_decoded() {
        let address =
            Address::parse("https://boards.greenhouse.io/embed?b=1&for=ac%6De+x").unwrap();
        assert_eq!(address.value("for"), Some("acme x"));
        assert_eq!(address.value("gone"), None);
    }
}
