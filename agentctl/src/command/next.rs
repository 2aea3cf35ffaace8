//! The next command of someone who is setting up.

use agent_api::v1::StatusResponse;

/// The first step that was not taken yet; the list of openings when all were.
pub(super) fn step(status: &StatusResponse) -> &'static str {
    if !status.has_profile {
        "agentctl init CV   (reads your CV)"
    } else if status.plugins == 0 {
        "agentctl plugin install FILE   (a plugin reads one kind of board)"
    } else if status.sources == 0 {
        "agentctl source add URL   (a careers page to follow)"
    } else if status.last_sync.is_none() {
        "agentctl sync"
    } else {
        "agentctl jobs list"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::at;

    #[test]
    fn the_steps_come_in_the_order_they_are_needed() {
        let mut status = StatusResponse::default();
        let mut check = |expected: &str, take: fn(&mut StatusResponse)| {
            assert!(step(&status).starts_with(expected), "{expected}");
            take(&mut status);
        };
        check("agentctl init CV", |status| status.has_profile = true);
        check("agentctl plugin install", |status| status.plugins = 1);
        check("agentctl source add", |status| status.sources = 1);
        check("agentctl sync", |status| {
            status.last_sync = at("2026-03-02T07:30:00Z");
        });
        check("agentctl jobs list", |_| {});
    }
}
