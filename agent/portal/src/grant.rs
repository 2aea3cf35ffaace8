//! Which hosts a plugin may ask for.
//!
//! A plugin asks for hosts in its manifest, the person grants them at
//! installation, and the broker compares every address with the grant, again
//! after each redirect. Patterns are parsed once; comparing is plain equality of
//! normalised names, so spelling tricks (case, IDN, brackets, odd numbers) have
//! been undone before.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use url::Host;

/// What one plugin may ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The plugin's id.
    pub plugin: String,
    /// Hosts it may fetch from.
    pub hosts: Vec<HostPattern>,
    /// Whether the person accepted what the site's terms say against programs;
    /// robots.txt is then not asked.
    pub terms_accepted: bool,
}

impl Grant {
    /// Whether a page of `host` may be fetched; see [`HostPattern::matches`].
    pub fn allows(&self, host: &str) -> bool {
        self.hosts.iter().any(|pattern| pattern.matches(host))
    }
}

/// One host name, or `*.` and a domain for every name below it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HostPattern {
    /// Normalised name, without the `*.`.
    name: String,
    below: bool,
}

/// A text that is no host pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is not a host to grant: {why}")]
pub struct HostPatternError {
    /// The text as given, cut to 100 characters.
    pub given: String,
    /// What is wrong with it.
    pub why: &'static str,
}

impl HostPattern {
    /// Whether the pattern covers `host`, which is a host as a parsed [`url::Url`]
    /// spells it. `*.example.com` covers names below example.com, not itself.
    /// Addresses in numbers are covered by no pattern.
    pub fn matches(&self, host: &str) -> bool {
        if self.below {
            host.strip_suffix(&self.name)
                .and_then(|front| front.strip_suffix('.'))
                .is_some_and(|labels| !labels.is_empty())
        } else {
            host == self.name
        }
    }

    /// Whether every host that `other` covers is covered by this pattern too.
    pub fn includes(&self, other: &Self) -> bool {
        match (self.below, other.below) {
            (false, true) => false,
            (true, true) if self.name == other.name => true,
            (true, true) | (true, false) | (false, false) => self.matches(&other.name),
        }
    }
}

impl FromStr for HostPattern {
    type Err = HostPatternError;

    fn from_str(text: &str) -> Result<Self, HostPatternError> {
        let refuse = |why| HostPatternError {
            given: text.chars().take(100).collect(),
            why,
        };
        let (below, name) = match text.strip_prefix("*.") {
            Some(name) => (true, name),
            None => (false, text),
        };
        if name.contains('*') {
            return Err(refuse(
                "a star may only stand for the first part, as in *.example.com",
            ));
        }
        let name = match Host::parse(name) {
            Ok(Host::Domain(name)) => name,
            Ok(Host::Ipv4(_) | Host::Ipv6(_)) => return Err(refuse("an address in numbers")),
            Err(_) => return Err(refuse("not a host name")),
        };
        let labels: Vec<&str> = name.split('.').collect();
        if name.len() > 253 || labels.iter().any(|l| l.is_empty() || l.len() > 63) {
            return Err(refuse("not a host name"));
        }
        if labels.len() < 2 {
            return Err(refuse("a whole top-level domain or a local name"));
        }
        Ok(Self { name, below })
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let star = if self.below { "*." } else { "" };
        write!(f, "{star}{}", self.name)
    }
}

impl Serialize for HostPattern {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for HostPattern {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, host: &str, expected: bool) {
        let parsed: HostPattern = pattern.parse().unwrap();
        assert_eq!(parsed.matches(host), expected, "{pattern} on {host}");
    }

    #[test]
    fn p5_a_pattern_covers_its_own_hosts_only() {
        check("api.lever.co", "api.lever.co", true);
        check("API.Lever.co", "api.lever.co", true);
        check("api.lever.co", "lever.co", false);
        check("api.lever.co", "x.api.lever.co", false);
        check("api.lever.co", "api.lever.co.evil.example", false);
        check("*.lever.co", "api.lever.co", true);
        check("*.lever.co", "a.b.lever.co", true);
        check("*.lever.co", "lever.co", false);
        check("*.lever.co", ".lever.co", false);
        check("*.lever.co", "evil-lever.co", false);
        check("*.lever.co", "lever.co.evil.example", false);
        check("*.lever.co", "", false);
        check("bücher.example", "xn--bcher-kva.example", true);
        check("api.lever.co", "127.0.0.1", false);
        check("api.lever.co", "[::1]", false);
    }

    fn check_within(granted: &str, asked: &str, expected: bool) {
        let [wide, narrow] = [granted, asked].map(|text| text.parse::<HostPattern>().unwrap());
        assert_eq!(wide.includes(&narrow), expected, "{asked} in {granted}");
    }

    #[test]
    fn p5_a_pattern_includes_no_host_it_does_not_cover() {
        check_within("api.lever.co", "api.lever.co", true);
        check_within("api.lever.co", "jobs.lever.co", false);
        check_within("api.lever.co", "*.api.lever.co", false);
        check_within("*.lever.co", "api.lever.co", true);
        check_within("*.lever.co", "*.lever.co", true);
        check_within("*.lever.co", "*.eu.lever.co", true);
        check_within("*.lever.co", "lever.co", false);
        check_within("*.eu.lever.co", "*.lever.co", false);
        check_within("*.lever.co", "*.evil-lever.co", false);
    }

    #[test]
    fn p5_a_pattern_that_grants_too_much_is_refused() {
        for text in [
            "",
            "*",
            "*.",
            "*.com",
            "com",
            "localhost",
            "*.*.example.com",
            "a.*.example.com",
            "*example.com",
            "127.0.0.1",
            "*.0.0.1",
            "0x7f.1",
            "2130706433",
            "[::1]",
            "::1",
            "a..example.com",
            "example.com.",
            ".example.com",
            "example.com:8080",
            "user@example.com",
            "https://example.com",
            "exa mple.com",
            "a/b.example",
            "a\u{0}b.com",
        ] {
            assert!(
                text.parse::<HostPattern>().is_err(),
                "{text:?} was accepted"
            );
        }
    }

    #[test]
    fn a_pattern_is_read_back_as_written() {
        for text in ["boards-api.greenhouse.io", "*.lever.co"] {
            let pattern: HostPattern = text.parse().unwrap();
            assert_eq!(pattern.to_string(), text);
            let json = serde_json::to_string(&pattern).unwrap();
            assert_eq!(serde_json::from_str::<HostPattern>(&json).unwrap(), pattern);
        }
    }
}
