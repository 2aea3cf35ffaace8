//! Turns a host name into the addresses that may be connected to. reqwest
//! connects to exactly what is returned here, so the address that was judged is
//! the one that is used and a second, different DNS answer is never asked for.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use async_trait::async_trait;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::set_aside;

/// Looks names up. The system does it in service; tests script the answers.
#[async_trait]
pub(super) trait Lookup: Send + Sync {
    async fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>>;
}

/// The operating system's resolver.
pub(super) struct System;

#[async_trait]
impl Lookup for System {
    async fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        Ok(tokio::net::lookup_host((host, 0))
            .await?
            .map(|address| address.ip())
            .collect())
    }
}

/// A name that leads somewhere we do not connect to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotPublic {
    #[error("{host} leads to {address} ({set_aside}), which is not on the public internet")]
    SetAside {
        host: String,
        address: IpAddr,
        set_aside: &'static str,
    },
    #[error("{host} has no address")]
    Nowhere { host: String },
}

/// Resolves to public addresses only; one that is not refuses them all.
pub(super) struct PublicOnly(pub(super) Arc<dyn Lookup>);

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let lookup = Arc::clone(&self.0);
        Box::pin(async move {
            let addresses = lookup.addresses(name.as_str()).await?;
            judge(name.as_str(), &addresses)?;
            // Port 0 stands for the scheme's own.
            let sockets = addresses.into_iter().map(|ip| SocketAddr::new(ip, 0));
            Ok(Box::new(sockets) as Addrs)
        })
    }
}

pub(super) fn judge(host: &str, addresses: &[IpAddr]) -> Result<(), NotPublic> {
    if addresses.is_empty() {
        return Err(NotPublic::Nowhere {
            host: host.to_owned(),
        });
    }
    match addresses
        .iter()
        .find_map(|address| Some((*address, set_aside(*address)?)))
    {
        None => Ok(()),
        Some((address, set_aside)) => Err(NotPublic::SetAside {
            host: host.to_owned(),
            address,
            set_aside,
        }),
    }
}

/// Resolves every name to the one practice server.
pub(super) struct PracticeOnly(pub(super) SocketAddr);

impl Resolve for PracticeOnly {
    fn resolve(&self, _: Name) -> Resolving {
        let address = self.0;
        Box::pin(async move { Ok(Box::new(std::iter::once(address)) as Addrs) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    /// Gives the answers in order, as a rebinding name server would.
    struct Scripted(Mutex<Vec<Vec<IpAddr>>>);

    #[async_trait]
    impl Lookup for Scripted {
        async fn addresses(&self, _: &str) -> io::Result<Vec<IpAddr>> {
            Ok(self.0.lock().unwrap().remove(0))
        }
    }

    fn addresses(texts: &[&str]) -> Vec<IpAddr> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    async fn check(answer: &[&str], expected: Result<&[&str], &str>) {
        let script = Arc::new(Scripted(Mutex::new(vec![
            addresses(answer),
            addresses(&["127.0.0.1"]),
        ])));
        let resolver = PublicOnly(Arc::clone(&script) as Arc<dyn Lookup>);
        let resolved = resolver.resolve("jobs.example.org".parse().unwrap()).await;
        let found = resolved
            .map(|found| found.map(|socket| socket.ip()).collect::<Vec<_>>())
            .map_err(|error| error.to_string());
        match expected {
            Ok(texts) => assert_eq!(found, Ok(addresses(texts))),
            Err(word) => {
                let error = found.unwrap_err();
                assert!(error.contains(word), "{answer:?}: {error}");
            }
        }
        assert_eq!(script.0.lock().unwrap().len(), 1, "looked up once");
    }

    #[tokio::test]
    async fn p4_one_special_address_among_the_answers_refuses_the_name() {
        check(&["8.8.8.8"], Ok(&["8.8.8.8"])).await;
        check(
            &["8.8.8.8", "2001:4860:4860::8888"],
            Ok(&["8.8.8.8", "2001:4860:4860::8888"]),
        )
        .await;
        check(&["127.0.0.1"], Err("loopback")).await;
        check(&["8.8.8.8", "10.0.0.7"], Err("10.0.0.7 (private use)")).await;
        check(&["8.8.8.8", "::ffff:8.8.8.8"], Err("IPv4-mapped")).await;
        check(&["fe80::1", "8.8.8.8"], Err("link local")).await;
        check(&["169.254.169.254"], Err("link local")).await;
        check(&[], Err("no address")).await;
    }
}
