//! What Chromium is started with.

use std::{net::SocketAddr, path::Path};

use serde_json::{Value, json};

use crate::gate::install;

/// Which home the browser works for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The practice employer on loopback, with its throw-away certificates.
    Practice,
    /// The real world.
    Ordinary,
}

/// The size a person's window often has: pages lay themselves out by it.
pub(super) const WINDOW: (u32, u32) = (1280, 1600);

/// Folders within a session's own.
pub(super) const PROFILE: &str = "profile";
pub(super) const EXTENSION: &str = "gate";

/// The command line, besides what chromedriver adds.
pub(super) fn arguments(mode: Mode, root: bool, proxy: SocketAddr, dir: &Path) -> Vec<String> {
    let (width, height) = WINDOW;
    let mut all = [
        "--headless=new",
        // What goes out of its own accord would meet the gate; better it stays. The
        // last two make pages of the address bar, which nobody sees here, and half
        // of what it costs to start.
        "--disable-domain-reliability",
        "--no-default-browser-check",
        "--disable-default-apps",
        "--disable-features=OptimizationHints,MediaRouter,AutofillServerCommunication,\
         InterestFeedContentSuggestions,Translate,NetworkTimeServiceQuerying,NetworkPrediction,PreconnectToSearch,\
         WebUIOmniboxPopup,WebUIOmniboxAimPopup",
        // The person's keyring is not asked, nor could it be from here.
        "--password-store=basic",
        "--use-mock-keychain",
        "--disable-crash-reporter",
        "--disable-dev-shm-usage",
        "--force-color-profile=srgb",
    ]
    .map(str::to_owned)
    .to_vec();
    all.extend(install::arguments(proxy, &dir.join(EXTENSION)));
    all.push(format!("--user-data-dir={}", dir.join(PROFILE).display()));
    all.push(format!("--window-size={width},{height}"));
    match mode {
        Mode::Practice => {
            all.push("--ignore-certificate-errors".to_owned());
            if root {
                all.push("--no-sandbox".to_owned());
            }
        }
        Mode::Ordinary => {}
    }
    all
}

/// Settings of the fresh profile: nothing is predicted, remembered or offered.
pub(super) fn preferences() -> Value {
    json!({
        // 2 is "never" (Chromium's NetworkPredictionOptions).
        "net": {"network_prediction_options": 2},
        "profile": {
            "network_prediction_options": 2,
            "password_manager_enabled": false,
            "default_content_setting_values": {"notifications": 2, "geolocation": 2},
        },
        "credentials_enable_service": false,
        "autofill": {"profile_enabled": false, "credit_card_enabled": false, "enabled": false},
        "translate": {"enabled": false},
        "safebrowsing": {"enabled": false, "enhanced": false},
        "search": {"suggest_enabled": false},
        "signin": {"allowed": false},
        "alternate_error_pages": {"enabled": false},
        "download": {"prompt_for_download": true},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_practice_home_weakens_the_browser() {
        let proxy = SocketAddr::from(([127, 0, 0, 1], 4321));
        let weak = |mode: Mode, root: bool| {
            let given = arguments(mode, root, proxy, Path::new("/home/ada/sessions/1"));
            given
                .into_iter()
                .filter(|given| {
                    [
                        "sandbox",
                        "certificate",
                        "insecure",
                        "web-security",
                        "unsafely",
                    ]
                    .iter()
                    .any(|word| given.contains(word))
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(weak(Mode::Ordinary, false), [""; 0]);
        assert_eq!(weak(Mode::Ordinary, true), [""; 0]);
        assert_eq!(weak(Mode::Practice, false), ["--ignore-certificate-errors"]);
        assert_eq!(
            weak(Mode::Practice, true),
            ["--ignore-certificate-errors", "--no-sandbox"]
        );
    }

    #[test]
    fn every_mode_goes_through_the_gate_and_nothing_goes_past_it() {
        let proxy = SocketAddr::from(([127, 0, 0, 1], 4321));
        for mode in [Mode::Ordinary, Mode::Practice] {
            let given = arguments(mode, true, proxy, Path::new("/p"));
            for needed in [
                "--proxy-server=http://127.0.0.1:4321",
                "--proxy-bypass-list=<-loopback>",
                "--disable-http2",
                "--disable-quic",
                "--webrtc-ip-handling-policy=disable_non_proxied_udp",
                "--user-data-dir=/p/profile",
            ] {
                assert!(
                    given.iter().any(|given| given == needed),
                    "{mode:?} {needed}"
                );
            }
        }
    }
}
