//! Traps: what an employer's page or server may do that it should not.

mod change;
mod script;

use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

pub(crate) use change::change;
pub(crate) use script::script;

/// What a trap tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrapClass {
    /// The form is not the one that was approved.
    Change,
    /// The server does not answer as it should.
    Transport,
    /// The page sends the application in another way, or more than once.
    Resend,
    /// The page tells what is typed before anything is submitted.
    Leak,
    /// The page answers in the person's place.
    Answer,
    /// The employer does not take the application, or wants more first.
    Refusal,
}

macro_rules! traps {
    ($($(#[$doc:meta])* $variant:ident $name:literal $class:ident,)*) => {
        /// One trap. Without it the page is healthy.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Trap {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl Trap {
            /// Every trap, for tests that try them all.
            pub const ALL: &[Trap] = &[$(Trap::$variant,)*];

            /// The name used in control requests.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Trap::$variant => $name,)*
                }
            }

            /// What it tries.
            #[must_use]
            pub fn class(self) -> TrapClass {
                match self {
                    $(Trap::$variant => TrapClass::$class,)*
                }
            }
        }
    };
}

traps! {
    /// A script alters what was typed first, 300 ms after the last keystroke.
    ValueChanged "value-changed" Change,
    /// A script alters what was typed first at the moment of submitting.
    ValueChangedAtSubmit "value-changed-at-submit" Change,
    /// A hidden value that is the same at every load is another one.
    HiddenSwapped "hidden-swapped" Change,
    /// The labels of the first two text fields are exchanged.
    LabelSwapped "label-swapped" Change,
    /// The form goes to another path.
    ActionChanged "action-changed" Change,
    /// The form goes to `collect.practice.test`.
    ActionOriginChanged "action-origin-changed" Change,
    /// The last option of each of the employer's own lists is gone.
    OptionRemoved "option-removed" Change,
    /// The first option of each of the employer's own lists has another text.
    OptionRenamed "option-renamed" Change,
    /// There is one more question, and it is required.
    FieldAdded "field-added" Change,
    /// A question that was optional is required.
    RequiredChanged "required-changed" Change,

    /// Reads the submission and closes the connection (FIN).
    ReadAndClose "read-and-close" Transport,
    /// Reads the submission and resets the connection (RST).
    ReadAndReset "read-and-reset" Transport,
    /// Answers one byte and closes the connection.
    OneByte "one-byte" Transport,
    /// Answers 307 to the same address, each time.
    RedirectToSelf "redirect-307-self" Transport,
    /// Accepts the application and answers 500.
    ErrorAfterAccept "error-500-after-accept" Transport,
    /// Accepts the application and answers after five seconds.
    SlowAnswer "slow-answer" Transport,
    /// Reads the submission and says nothing.
    NeverAnswers "never-answers" Transport,

    /// The page sends with `fetch` and tries up to three more times.
    ScriptRetry "script-retry" Resend,
    /// The page sends with `fetch` and submits the form at the same time.
    DoubleSubmit "double-submit" Resend,
    /// The page submits itself two seconds after all that is required is there.
    SelfSubmit "self-submit" Resend,
    /// Enter in any field submits.
    EnterSubmits "enter-submits" Resend,

    /// A worker posts what is typed.
    WorkerFetch "worker-fetch" Leak,
    /// A service worker posts what is typed, and each submission once more.
    ServiceWorker "service-worker" Leak,
    /// A form in a hidden frame posts what is typed.
    IframeForm "iframe-form" Leak,
    /// A form in a new window posts what is typed.
    PopupForm "popup-form" Leak,
    /// Each change and each leaving of a field posts everything.
    Autosave "autosave" Leak,
    /// Beacons on each change and when the page is left.
    Beacon "beacon" Leak,
    /// Values in the addresses of images and of `fetch`, here and at a third party.
    GetLeak "get-leak" Leak,
    /// Values over sockets, one opened at load and one later.
    Websocket "websocket" Leak,
    /// Values as the user name of a TURN server.
    Stun "stun" Leak,
    /// Values in prefetched addresses and in host names to look up.
    PrefetchLeak "prefetch-leak" Leak,
    /// Values in the address of a background image.
    CssLeak "css-leak" Leak,

    /// A choice is made already in each native list that may stay empty.
    Preselected "preselected" Answer,

    /// Refuses every application, with messages.
    Refuses "refuses" Refusal,
    /// Shows a visible challenge where the form should be.
    CaptchaWall "captcha-wall" Refusal,
    /// Wants a login where the form should be.
    LoginWall "login-wall" Refusal,
    /// Asks for a code sent by e-mail after submitting.
    CodeWall "code-wall" Refusal,
}

impl FromStr for Trap {
    type Err = UnknownTrap;

    fn from_str(name: &str) -> Result<Self, UnknownTrap> {
        Self::ALL
            .iter()
            .copied()
            .find(|trap| trap.name() == name)
            .ok_or_else(|| UnknownTrap(name.to_owned()))
    }
}

/// A name that is no trap.
#[derive(Debug)]
pub struct UnknownTrap(String);

impl fmt::Display for UnknownTrap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = Trap::ALL.iter().map(|trap| trap.name()).collect();
        write!(
            f,
            "no trap is called {:?}; there are {}, and none",
            self.0,
            names.join(", ")
        )
    }
}

impl std::error::Error for UnknownTrap {}

/// The traps that are set, each with the path it lies at.
#[derive(Debug, Default)]
pub(crate) struct Traps(Mutex<Vec<(Trap, String)>>);

impl Traps {
    pub(crate) fn set(&self, trap: Trap, path: &str) {
        self.clear(trap, path);
        self.edit(|set| set.push((trap, trimmed(path))));
    }

    pub(crate) fn clear(&self, trap: Trap, path: &str) {
        let path = trimmed(path);
        self.edit(|set| set.retain(|(t, p)| *t != trap || *p != path));
    }

    pub(crate) fn clear_path(&self, path: &str) {
        let path = trimmed(path);
        self.edit(|set| set.retain(|(_, p)| *p != path));
    }

    pub(crate) fn clear_all(&self) {
        self.edit(Vec::clear);
    }

    /// The traps at a path, in the order of [`Trap::ALL`].
    pub(crate) fn at(&self, path: &str) -> Vec<Trap> {
        let mut here: Vec<_> = self
            .all()
            .into_iter()
            .filter(|(_, prefix)| lies_in(path, prefix))
            .map(|(trap, _)| trap)
            .collect();
        here.sort_unstable();
        here.dedup();
        here
    }

    pub(crate) fn all(&self) -> Vec<(Trap, String)> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn edit(&self, change: impl FnOnce(&mut Vec<(Trap, String)>)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// The empty path is every path.
fn trimmed(path: &str) -> String {
    path.trim_end_matches('/').to_owned()
}

fn lies_in(path: &str, prefix: &str) -> bool {
    match path.strip_prefix(prefix) {
        Some(rest) => rest.is_empty() || rest.starts_with('/'),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trap_lies_at_its_path_and_below_and_nowhere_else() {
        for (prefix, path, here) in [
            ("", "/a/jobs/1", true),
            ("/", "/a/jobs/1", true),
            ("/a/jobs/1", "/a/jobs/1", true),
            ("/a/jobs/1/", "/a/jobs/1", true),
            ("/a/9f", "/a/9f/apply", true),
            ("/a/jobs/1", "/a/jobs/12", false),
            ("/b", "/a/jobs/1", false),
        ] {
            let traps = Traps::default();
            traps.set(Trap::Beacon, prefix);
            let found = !traps.at(path).is_empty();
            assert_eq!(found, here, "{prefix:?} at {path}");
            traps.clear(Trap::Beacon, prefix);
            assert_eq!(traps.at(path), []);
        }
    }

    #[test]
    fn names_are_told_apart_and_read_back() {
        for trap in Trap::ALL {
            assert_eq!(trap.name().parse::<Trap>().ok(), Some(*trap));
        }
        assert!("tantrum".parse::<Trap>().is_err());
    }
}
