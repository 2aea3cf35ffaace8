//! The head of a proxy request.
#![deny(clippy::indexing_slicing)]

/// Longest head that is read.
pub(super) const LONGEST_HEAD: usize = 8 * 1024;

/// What a client of the proxy asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// A tunnel.
    Tunnel {
        /// Host, lower case, without brackets.
        host: String,
        /// Port.
        port: u16,
    },
    /// Something in plain text, by its request line.
    Plain(String),
}

/// Length of the head in `bytes`, with the empty line, once it is whole.
pub(super) fn head_length(bytes: &[u8]) -> Option<usize> {
    bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .map(|at| at + 4)
}

/// Reads a whole head; `None` when it is none.
pub(super) fn parse(head: &[u8]) -> Option<Asked> {
    let line = std::str::from_utf8(head).ok()?.lines().next()?;
    let mut words = line.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() || !version.starts_with("HTTP/1.") {
        return None;
    }
    if method != "CONNECT" {
        // A query may hold what was typed; the ledger must not.
        let line = line.split(['?', '#']).next().unwrap_or_default();
        return Some(Asked::Plain(line.chars().take(200).collect()));
    }
    let (host, port) = target.rsplit_once(':')?;
    let host = host
        .strip_prefix('[')
        .map_or(Some(host), |host| host.strip_suffix(']'))?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:".contains(&byte);
    if host.is_empty() || host.len() > 253 || !host.bytes().all(allowed) {
        return None;
    }
    Some(Asked::Tunnel {
        host: host.to_ascii_lowercase(),
        port: port.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_asks_for_a_tunnel_or_is_refused() {
        let tunnel = |host: &str, port| {
            Some(Asked::Tunnel {
                host: host.to_owned(),
                port,
            })
        };
        for (head, expected) in [
            (
                "CONNECT jobs.test:443 HTTP/1.1\r\nHost: x\r\n\r\n",
                tunnel("jobs.test", 443),
            ),
            (
                "CONNECT JOBS.test:8443 HTTP/1.0\r\n\r\n",
                tunnel("jobs.test", 8443),
            ),
            ("CONNECT [::1]:443 HTTP/1.1\r\n\r\n", tunnel("::1", 443)),
            (
                "GET http://a.test/?typed=x HTTP/1.1\r\n\r\n",
                Some(Asked::Plain("GET http://a.test/".to_owned())),
            ),
            ("CONNECT jobs.test HTTP/1.1\r\n\r\n", None),
            ("CONNECT :443 HTTP/1.1\r\n\r\n", None),
            ("CONNECT a@b:443 HTTP/1.1\r\n\r\n", None),
            ("CONNECT jobs.test:99999 HTTP/1.1\r\n\r\n", None),
            ("CONNECT jobs.test:443\r\n\r\n", None),
            ("CONNECT a b:443 HTTP/1.1\r\n\r\n", None),
            ("\u{16}\u{3}\u{1}", None),
            ("", None),
        ] {
            assert_eq!(parse(head.as_bytes()), expected, "{head:?}");
        }
        assert_eq!(head_length(b"CONNECT a:1 HTTP/1.1\r\n\r\nrest"), Some(24));
        assert_eq!(head_length(b"CONNECT a:1 HTTP/1.1\r\n"), None);
    }
}
