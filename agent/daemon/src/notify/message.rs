//! What is said of notices: one line each, or one for many, in full on this machine
//! and without employers and titles beyond it.

use agent_core::text;
use agent_store::Notice;

use crate::config::{Detail, Topic};

/// Most notices that are named in one message.
const MOST_NAMED: usize = 3;

/// Longest text of a message, in characters.
const LONGEST: usize = 400;

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    /// A kind of notice, "several" or "test".
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) text: String,
    /// The command to type next.
    pub(crate) command: String,
    /// How many notices it speaks of.
    pub(crate) count: usize,
}

/// Words for notices; there is at least one.
pub(super) fn compose(notices: &[&Notice], detail: Detail) -> Message {
    let kind = match notices {
        [first, rest @ ..] if rest.iter().all(|other| other.kind == first.kind) => {
            Topic::named(&first.kind)
        }
        _ => None,
    };
    let command = match (notices, kind) {
        // A command with an id says nothing of whose it is.
        ([one], _) => one.command.clone(),
        (_, Some(kind)) => many(kind).to_owned(),
        (_, None) => "agentctl".to_owned(),
    };
    let title = title(kind, notices.len());
    let said = match detail {
        Detail::Brief => String::new(),
        Detail::Full => named(notices),
    };
    Message {
        kind: kind.map_or("several", Topic::name).to_owned(),
        text: match said.as_str() {
            "" => title.clone(),
            said => text::quote(said, LONGEST),
        },
        title,
        command,
        count: notices.len(),
    }
}

/// The message of a trial.
pub(super) fn trial() -> Message {
    Message {
        kind: "test".to_owned(),
        title: "The job-search agent can reach you".to_owned(),
        text: "This is a test; nothing waits because of it.".to_owned(),
        command: "agentctl notify list".to_owned(),
        count: 1,
    }
}

fn title(kind: Option<Topic>, count: usize) -> String {
    let (one, many) = match kind {
        Some(Topic::Inbox) => ("An application waits for you", "applications wait for you"),
        Some(Topic::Jobs) => (
            "New openings over your score",
            "syncs found openings over your score",
        ),
        Some(Topic::Source) => ("A board needs a look", "boards need a look"),
        Some(Topic::Model) => ("A model does not answer", "models do not answer"),
        Some(Topic::Expiry) => (
            "Something is about to run out",
            "things are about to run out",
        ),
        None => ("Something waits for you", "things wait for you"),
    };
    match count {
        1 => one.to_owned(),
        count => format!("{count} {many}"),
    }
}

fn many(kind: Topic) -> &'static str {
    match kind {
        Topic::Inbox | Topic::Expiry => "agentctl",
        Topic::Jobs => "agentctl jobs list",
        Topic::Source => "agentctl source list",
        Topic::Model => "agentctl models list",
    }
}

fn named(notices: &[&Notice]) -> String {
    let mut said: Vec<&str> = notices
        .iter()
        .take(MOST_NAMED)
        .map(|notice| notice.text.as_str())
        .collect();
    let more = match notices.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!("and {more} more"),
    };
    if !more.is_empty() {
        said.push(&more);
    }
    said.join("; ")
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn notice(id: i64, kind: &str, text: &str) -> Notice {
        Notice {
            id,
            cause: id.to_string(),
            kind: kind.to_owned(),
            subject: String::new(),
            at: Timestamp::UNIX_EPOCH,
            text: text.to_owned(),
            command: format!("agentctl review {id}"),
            lapses_at: None,
        }
    }

    #[test]
    fn p4_what_leaves_the_machine_names_no_employer_unless_the_person_wants_it() {
        let baker = notice(1, "inbox", "Baker at Kranich: waits for your review");
        let others: Vec<Notice> = (2..6)
            .map(|id| notice(id, "inbox", "Cook at Halden"))
            .collect();
        let source = notice(9, "source", "Kranich: 0 where there were 240");
        let all: Vec<&Notice> = std::iter::once(&baker).chain(&others).collect();
        let check = |notices: &[&Notice], detail, title: &str, text: &str, command: &str| {
            let message = compose(notices, detail);
            assert_eq!(message.title, title);
            assert_eq!(message.text, text);
            assert_eq!(message.command, command);
        };
        let one = "An application waits for you";
        check(&[&baker], Detail::Brief, one, one, "agentctl review 1");
        check(
            &[&baker],
            Detail::Full,
            one,
            &baker.text,
            "agentctl review 1",
        );
        let five = "5 applications wait for you";
        check(&all, Detail::Brief, five, five, "agentctl");
        check(
            &all,
            Detail::Full,
            five,
            "Baker at Kranich: waits for your review; Cook at Halden; Cook at Halden; and 2 more",
            "agentctl",
        );
        let two = "2 things wait for you";
        check(&[&baker, &source], Detail::Brief, two, two, "agentctl");
    }
}
