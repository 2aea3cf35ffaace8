//! Plain connections under the broker's rules of where one may connect to, for
//! the browser's gate: it hands on TLS records and needs no HTTP.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpStream;

use super::Route;
use super::resolve::{Lookup, System, judge};

/// How long one address may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens connections to public addresses, or to the practice server alone.
#[derive(Clone)]
pub struct Dialer(To);

#[derive(Clone)]
enum To {
    Public(Arc<dyn Lookup>),
    Practice(SocketAddr),
}

impl Dialer {
    /// A dialer that goes where the broker of `route` goes.
    pub fn new(route: &Route) -> Self {
        Self(match route {
            Route::Internet => To::Public(Arc::new(System)),
            Route::Practice { address, .. } => To::Practice(*address),
        })
    }

    /// Resolves `host` once and connects to one of exactly those addresses.
    ///
    /// # Errors
    /// When the host leads to an address that is not public, or none answers.
    pub async fn connect(&self, host: &str, port: u16) -> io::Result<TcpStream> {
        let lookup = match &self.0 {
            To::Practice(address) => return TcpStream::connect(address).await,
            To::Public(lookup) => lookup,
        };
        let addresses = lookup.addresses(host).await?;
        judge(host, &addresses).map_err(io::Error::other)?;
        let mut last = None;
        for ip in addresses {
            let attempt = TcpStream::connect(SocketAddr::new(ip, port));
            match tokio::time::timeout(PATIENCE, attempt).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => last = Some(error),
                Err(_) => last = Some(io::ErrorKind::TimedOut.into()),
            }
        }
        Err(last.unwrap_or_else(|| io::ErrorKind::NotFound.into()))
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use async_trait::async_trait;
    use tokio::net::TcpListener;

    use super::*;

    struct Always(IpAddr);

    #[async_trait]
    impl Lookup for Always {
        async fn addresses(&self, _: &str) -> io::Result<Vec<IpAddr>> {
            Ok(vec![self.0])
        }
    }

    #[tokio::test]
    async fn p4_a_name_that_leads_to_this_machine_is_reached_in_practice_alone() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let public = Dialer(To::Public(Arc::new(Always(address.ip()))));
        let refused = public.connect("jobs.example.org", address.port()).await;
        assert!(refused.unwrap_err().to_string().contains("loopback"));

        let practice = Dialer::new(&Route::Practice {
            address,
            ca_pem: Vec::new(),
        });
        let stream = practice.connect("jobs.example.org", 443).await.unwrap();
        assert_eq!(stream.peer_addr().unwrap(), address);
    }
}
