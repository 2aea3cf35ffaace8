//! Lists of hosts, exact or everything below a name.

/// Hosts that may be contacted.
#[derive(Debug, Clone, Default)]
pub(super) struct Hosts(Vec<Pattern>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Pattern {
    Exact(String),
    /// ".example.com": any host that ends so.
    Below(String),
}

impl Hosts {
    /// Reads "host" and "*.host". Empty names are left out, so that a mistake
    /// in a recipe shuts and never opens.
    pub(super) fn new(patterns: &[String]) -> Self {
        let patterns = patterns.iter().filter_map(|pattern| {
            let pattern = pattern.trim().to_ascii_lowercase();
            match pattern.strip_prefix("*.") {
                Some("") => None,
                Some(name) => Some(Pattern::Below(format!(".{name}"))),
                None if pattern.is_empty() => None,
                None => Some(Pattern::Exact(pattern)),
            }
        });
        Self(patterns.collect())
    }

    /// Whether `host` is listed. A trailing dot makes another name of it.
    pub(super) fn contains(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.0.iter().any(|pattern| match pattern {
            Pattern::Exact(name) => *name == host,
            Pattern::Below(end) => host.len() > end.len() && host.ends_with(end),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_listed_exactly_or_below_a_name() {
        let hosts = Hosts::new(&["Jobs.example.com", "*.cdn.example", "", "*."].map(str::to_owned));
        for (host, listed) in [
            ("jobs.example.com", true),
            ("JOBS.EXAMPLE.COM", true),
            ("a.cdn.example", true),
            ("a.b.cdn.example", true),
            ("cdn.example", false),
            (".cdn.example", false),
            ("evilcdn.example", false),
            ("jobs.example.com.", false),
            ("xjobs.example.com", false),
            ("jobs.example.com.evil.net", false),
            ("", false),
        ] {
            assert_eq!(hosts.contains(host), listed, "{host:?}");
        }
    }
}
