//! What is said of an application: one line on how it stands, and the next command.

use agent_core::application::{ClosedBy, PersonStop, Proof, Stage};

/// How it stands, and what to type next; both may be empty.
pub(crate) fn of(stage: &Stage, short_id: &str) -> (String, String) {
    let command = |verb: &str| format!("agentctl {verb} {short_id}");
    match stage {
        Stage::Proposed => ("nothing is prepared yet".into(), command("prepare")),
        Stage::Drafting => ("being prepared".into(), command("prepare")),
        Stage::NeedsInput { questions } => (asked(questions), command("answer")),
        Stage::NeedsPerson { stop } => (person(*stop).into(), command("prepare --by-hand")),
        Stage::AwaitingApproval { diff, .. } => (awaiting(diff.len()), command("review")),
        Stage::Approved { .. } => (
            "approved; it is sent when the live form is the one you approved".into(),
            command("applications show"),
        ),
        Stage::Submitting { .. } => ("being sent".into(), command("applications show")),
        Stage::Submitted { proof } => match proof {
            Proof::Receipt { .. } => ("sent, with a receipt".into(), String::new()),
            Proof::ByHand => ("sent by your own word".into(), String::new()),
        },
        Stage::RefusedByPortal { messages } => (refused(messages), command("prepare")),
        Stage::OutcomeUnknown { forwarded, .. } => (
            format!("{forwarded} bytes left and no answer was read: it may have arrived"),
            format!("{} --sent|--not-sent", command("applications settle")),
        ),
        Stage::NotSubmitted { .. } => ("not sent; a new review follows".into(), command("review")),
        Stage::InReview => ("the employer reads it".into(), String::new()),
        Stage::Interview => ("interview".into(), String::new()),
        Stage::Offer => ("offer".into(), String::new()),
        Stage::Accepted => ("you took the offer".into(), String::new()),
        Stage::Declined => ("you declined the offer".into(), String::new()),
        Stage::Rejected => ("the employer said no".into(), String::new()),
        Stage::Withdrawn => ("you took it back".into(), String::new()),
        Stage::Closed { by } => match by {
            ClosedBy::Posting => ("the posting is closed".into(), String::new()),
            ClosedBy::Lapse => ("it waited too long for you".into(), command("prepare")),
        },
        Stage::Discarded { reason } => (
            reason.as_ref().map_or_else(
                || "you discarded it".into(),
                |why| format!("you discarded it: {why}"),
            ),
            command("prepare"),
        ),
    }
}

fn asked(questions: &[String]) -> String {
    match questions {
        [one] => format!("asks: {}", agent_core::text::quote(one, 80)),
        many => format!("asks {} things only you can answer", many.len()),
    }
}

fn awaiting(changes: usize) -> String {
    match changes {
        0 => "waits for your review; nothing has been sent".into(),
        1 => "one thing changed since your review; nothing has been sent".into(),
        many => format!("{many} things changed since your review; nothing has been sent"),
    }
}

fn refused(messages: &[String]) -> String {
    match messages.first() {
        Some(first) => format!(
            "the portal did not take it: {}",
            agent_core::text::quote(first, 120)
        ),
        None => "the portal did not take it".into(),
    }
}

const fn person(stop: PersonStop) -> &'static str {
    match stop {
        PersonStop::Login => "the portal wants you to log in",
        PersonStop::Code => "the portal sent you a code",
        PersonStop::Captcha => "the portal wants you to solve a captcha",
        PersonStop::Policy => "the form has a statement only you may make",
    }
}
