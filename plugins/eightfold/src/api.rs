//! The two interfaces of Eightfold. A tenant serves one of them and refuses the
//! other; which one is not told beforehand.

use portal_sdk::{PortalError, Step};

use crate::claim::Tenant;

/// Positions of a full answer; more cannot be asked for.
pub(crate) const FULL: usize = 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Api {
    /// The newer one, behind the page for candidates.
    Pcsx,
    /// The older one, behind the page for applications.
    Apply,
}

impl Api {
    /// The likelier one first: employers' own hosts came with the newer one.
    pub(crate) fn order(at: &Tenant) -> [Self; 2] {
        if at.host.ends_with(".eightfold.ai") {
            [Self::Apply, Self::Pcsx]
        } else {
            [Self::Pcsx, Self::Apply]
        }
    }

    /// Ten positions from `start` on.
    pub(crate) fn list(self, at: &Tenant, start: u32) -> String {
        let Tenant { host, domain } = at;
        match self {
            Self::Pcsx => format!(
                "https://{host}/api/pcsx/search?domain={domain}&query=&location=&start={start}"
            ),
            Self::Apply => {
                format!("https://{host}/api/apply/v2/jobs?domain={domain}&start={start}&num={FULL}")
            }
        }
    }

    /// One position.
    pub(crate) fn detail(self, at: &Tenant, id: &str) -> String {
        let Tenant { host, domain } = at;
        match self {
            Self::Pcsx => format!(
                "https://{host}/api/pcsx/position_details?position_id={id}&domain={domain}&hl=en"
            ),
            Self::Apply => format!("https://{host}/api/apply/v2/jobs/{id}?domain={domain}"),
        }
    }

    /// The cursor of the answer from `start` on: it keeps the choice.
    pub(crate) fn cursor(self, start: u32) -> String {
        match self {
            Self::Pcsx => format!("pcsx {start}"),
            Self::Apply => format!("apply {start}"),
        }
    }

    /// What [`Api::cursor`] wrote.
    pub(crate) fn resume(cursor: &str) -> Result<(Self, u32), PortalError> {
        let (api, start) = match cursor.split_once(' ') {
            Some(("pcsx", start)) => (Self::Pcsx, start),
            Some(("apply", start)) => (Self::Apply, start),
            _ => {
                let why = format!("{cursor:?} is no cursor of Eightfold");
                return Err(PortalError::Invalid(why));
            }
        };
        Ok((api, Step::start(Some(start))?))
    }
}

/// What the first interface answers, or else the second. An answer that says
/// nothing of which interface is served (asked too often) is not followed up.
pub(crate) fn either<T>(
    order: [Api; 2],
    ask: impl Fn(Api) -> Result<T, PortalError>,
) -> Result<T, PortalError> {
    let [first, second] = order;
    match ask(first) {
        Err(
            error @ (PortalError::Gone(_)
            | PortalError::Blocked(_)
            | PortalError::Changed(_)
            | PortalError::NeedsLogin
            | PortalError::Fetch(_)),
        ) => ask(second).map_err(|other| telling(error, other)),
        answered => answered,
    }
}

/// The one of two errors that says more: an interface that is not served refuses
/// or does not answer, one that is served knows what is gone.
fn telling(first: PortalError, second: PortalError) -> PortalError {
    match (first, second) {
        (_, gone @ PortalError::Gone(_)) => gone,
        (_, wait @ PortalError::RateLimited(_)) => wait,
        (PortalError::Fetch(_), other) => other,
        (first, _) => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(host: &str) -> Tenant {
        Tenant {
            host: host.into(),
            domain: "ebbe.example".into(),
        }
    }

    #[test]
    fn the_likelier_interface_is_asked_first() {
        assert_eq!(
            Api::order(&at("ebbe.eightfold.ai")),
            [Api::Apply, Api::Pcsx]
        );
        assert_eq!(
            Api::order(&at("jobs.ebbe.example")),
            [Api::Pcsx, Api::Apply]
        );
    }

    #[test]
    fn a_cursor_keeps_the_choice() {
        for api in [Api::Pcsx, Api::Apply] {
            assert_eq!(Api::resume(&api.cursor(30)).unwrap(), (api, 30));
        }
        for cursor in ["", "30", "other 30", "pcsx x", "pcsx  1"] {
            let error = Api::resume(cursor).unwrap_err();
            assert!(
                matches!(error, PortalError::Invalid(_)),
                "{cursor} {error:?}"
            );
        }
    }

    fn check(first: Result<u32, PortalError>, second: Result<u32, PortalError>, expected: &str) {
        let answers = std::cell::RefCell::new(vec![second, first]);
        let found = either([Api::Pcsx, Api::Apply], |_| {
            answers.borrow_mut().pop().unwrap()
        });
        let found = match found {
            Ok(number) => number.to_string(),
            Err(PortalError::Gone(_)) => "gone".into(),
            Err(PortalError::Blocked(_)) => "blocked".into(),
            Err(PortalError::RateLimited(_)) => "wait".into(),
            Err(error) => format!("{error:?}"),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn the_other_interface_is_asked_when_the_first_is_not_served() {
        let gone = || Err(PortalError::Gone(String::new()));
        let blocked = || Err(PortalError::Blocked(String::new()));
        let fetch = || Err(PortalError::Fetch(String::new()));
        let wait = || Err(PortalError::RateLimited(Some(5)));
        check(Ok(1), gone(), "1");
        check(blocked(), Ok(2), "2");
        check(fetch(), Ok(2), "2");
        check(Err(PortalError::Changed(String::new())), Ok(2), "2");
        check(wait(), Ok(2), "wait");
        check(gone(), blocked(), "gone");
        check(blocked(), gone(), "gone");
        check(fetch(), blocked(), "blocked");
        check(blocked(), fetch(), "blocked");
        check(blocked(), wait(), "wait");
    }
}
