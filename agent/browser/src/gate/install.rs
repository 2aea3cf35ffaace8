//! What a browser must be started with for the gate to hold.
//!
//! Interception does not see WebSockets, and Chromium has no switch for them. An
//! extension of two static files blocks them in pages, frames and workers;
//! shared workers, which it does not reach, are switched off, and the gate
//! refuses the scripts of service workers. [`attach`](super::intercept::attach)
//! proves that the block is in force before anything loads.

use std::{fs, io, net::SocketAddr, path::Path};

const MANIFEST: &str = include_str!("extension/manifest.json");
const RULES: &str = include_str!("extension/rules.json");

/// Writes the extension into `folder`, which is made if it is not there.
///
/// # Errors
/// When it cannot be written.
pub fn write_extension(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("manifest.json"), MANIFEST)?;
    fs::write(folder.join("rules.json"), RULES)
}

/// The arguments Chromium must be started with, besides a fresh profile.
///
/// `--disable-http2`: there the preface of an idle connection would spend the
/// admission. `--disable-quic` and the WebRTC policy: nothing may go past the
/// proxy. `<-loopback>`: loopback hosts are no exception to it.
pub fn arguments(gate: SocketAddr, extension: &Path) -> Vec<String> {
    let extension = extension.display();
    vec![
        format!("--proxy-server=http://{gate}"),
        "--proxy-bypass-list=<-loopback>".to_owned(),
        "--disable-quic".to_owned(),
        "--disable-http2".to_owned(),
        "--webrtc-ip-handling-policy=disable_non_proxied_udp".to_owned(),
        format!("--load-extension={extension}"),
        format!("--disable-extensions-except={extension}"),
        "--disable-blink-features=SharedWorker".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--no-first-run".to_owned(),
    ]
}
