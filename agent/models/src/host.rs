//! Where an Ollama server is, as a person or `OLLAMA_HOST` writes it.

use std::fmt;

use url::{Host as Named, Url};

/// The port Ollama listens on unless it is told otherwise.
const PORT: u16 = 11434;

/// The address of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// Without a slash at its end.
    url: String,
    machine: String,
    here: bool,
}

/// Why a text is no address of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be the address of an Ollama server, such as http://127.0.0.1:11434")]
pub struct HostError;

impl Default for Host {
    fn default() -> Self {
        Self {
            url: format!("http://127.0.0.1:{PORT}"),
            machine: "127.0.0.1".to_owned(),
            here: true,
        }
    }
}

impl Host {
    /// Reads an address: `http://host:port`, `host:port`, `host` or `:port`. The
    /// addresses on which a server listens to everyone mean this machine.
    pub fn parse(text: &str) -> Result<Self, HostError> {
        let text = text.trim();
        let schemed = text.contains("://");
        let whole = match text.strip_prefix(':') {
            Some(port) => format!("http://127.0.0.1:{port}"),
            None if schemed => text.to_owned(),
            None => format!("http://{text}"),
        };
        let mut url = Url::parse(&whole).map_err(|_| HostError)?;
        let plain = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none()
            && matches!(url.scheme(), "http" | "https");
        if !plain {
            return Err(HostError);
        }
        if !schemed && url.port().is_none() {
            url.set_port(Some(PORT)).map_err(|()| HostError)?;
        }
        let everyone = match url.host().ok_or(HostError)? {
            Named::Ipv4(ip) => ip.is_unspecified(),
            Named::Ipv6(ip) => ip.is_unspecified(),
            Named::Domain(_) => false,
        };
        if everyone {
            url.set_host(Some("127.0.0.1")).map_err(|_| HostError)?;
        }
        let here = match url.host().ok_or(HostError)? {
            Named::Ipv4(ip) => ip.is_loopback(),
            Named::Ipv6(ip) => ip.is_loopback(),
            Named::Domain(name) => name == "localhost",
        };
        Ok(Self {
            machine: url.host_str().unwrap_or_default().to_owned(),
            url: url.as_str().trim_end_matches('/').to_owned(),
            here,
        })
    }

    /// Whether what is sent there stays on this machine.
    pub fn is_this_machine(&self) -> bool {
        self.here
    }

    /// The name or number of the machine.
    pub fn machine(&self) -> &str {
        &self.machine
    }

    /// The address of one of its calls.
    pub fn call(&self, path: &str) -> String {
        format!("{}/{path}", self.url)
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_ollama_reads_its_own() {
        for (text, url, here) in [
            ("http://127.0.0.1:11434", "http://127.0.0.1:11434", true),
            ("http://127.0.0.1:11434/", "http://127.0.0.1:11434", true),
            ("127.0.0.1", "http://127.0.0.1:11434", true),
            ("localhost:1234", "http://localhost:1234", true),
            (":1234", "http://127.0.0.1:1234", true),
            ("0.0.0.0", "http://127.0.0.1:11434", true),
            ("http://[::]:9", "http://127.0.0.1:9", true),
            ("[::1]:9", "http://[::1]:9", true),
            (" 127.8.8.8 ", "http://127.8.8.8:11434", true),
            ("https://models.example", "https://models.example", false),
            ("10.0.0.7", "http://10.0.0.7:11434", false),
            ("localhost.example", "http://localhost.example:11434", false),
            ("http://a.example/ollama", "http://a.example/ollama", false),
        ] {
            let host = Host::parse(text).unwrap();
            assert_eq!(
                (host.to_string().as_str(), host.is_this_machine()),
                (url, here),
                "{text}"
            );
        }
        assert_eq!(Host::parse("127.0.0.1:11434"), Ok(Host::default()));
        for text in [
            "",
            "ftp://a",
            "http://me:secret@a",
            "http://a?x=1",
            "a b",
            ":x",
            "unix:///s",
        ] {
            assert_eq!(Host::parse(text), Err(HostError), "{text}");
        }
    }
}
