//! `agentctl notify`: what you were told of while you did not look, and through what.

use agent_api::v1::{
    ListNoticesRequest, ListNoticesResponse, Notice, NoticeSending, TestNoticeRequest,
    TestNoticeResponse,
};
use clap::Subcommand;

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{BAD, Column, DIM, GOOD, Note, Screen, Span, Table, WARN};
use crate::session::{Place, Session};
use crate::text::count;

/// What can be done with notices.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List what you were told of, and the channels
    #[command(
        after_help = "Examples:\n  agentctl notify list\n  agentctl --json notify list\n\n\
        You are told of applications that wait for you, new openings over your score, boards\n\
        that went quiet, a model that does not answer, and what is about to run out. To\n\
        choose, write into the configuration (agentctl config path), and restart:\n  \
        [notify]\n  channels = [\"desktop\", \"ntfy\"]     # and command, webhook\n  \
        ntfy = \"https://ntfy.sh/your-secret-topic\"\n  quiet_hours = \"22:00-07:00\"\n  \
        detail = \"brief\"                   # or \"full\": employers and titles leave too"
    )]
    List {
        /// At most this many
        #[arg(long, value_name = "N", default_value_t = 30)]
        limit: u32,
    },
    /// Send a trial through the channels that are on
    #[command(
        after_help = "Examples:\n  agentctl notify test\n  agentctl notify test --channel ntfy"
    )]
    Test {
        /// Only this one: desktop, command, ntfy or webhook
        #[arg(long, value_name = "NAME")]
        channel: Option<String>,
    },
}

/// Runs a command on notices.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    match command {
        Command::List { limit } => {
            let list = session.notices().list(ListNoticesRequest { limit }).await?;
            output.show(&list.into_inner(), draw)
        }
        Command::Test { channel } => {
            let channel = channel.unwrap_or_default();
            let tested = session
                .notices()
                .test(TestNoticeRequest { channel })
                .await?;
            let tested = tested.into_inner();
            let failed = tested
                .channels
                .iter()
                .filter(|channel| !channel.problem.is_empty())
                .count();
            output.show(&tested, draw_test)?;
            match failed {
                0 => Ok(()),
                failed => Err(Failure::refused(format!(
                    "{} did not take the trial",
                    count(u64::try_from(failed).unwrap_or(u64::MAX), "channel")
                ))
                .reason("notice-failed")
                .hint("look at [notify] in the configuration: agentctl config path")),
            }
        }
    }
}

fn draw(list: &ListNoticesResponse, screen: &mut Screen, clock: &Clock) {
    for channel in list.channels.iter().filter(|channel| channel.on) {
        screen.field(&channel.name, Span::from(&channel.place));
        if !channel.problem.is_empty() {
            screen.field("", Span::new(&channel.problem, BAD));
        }
    }
    if !list.channels.iter().any(|channel| channel.on) {
        let text = "no channel is on; agentctl notify list --help says how";
        screen.field("channels", Span::new(text, WARN));
    }
    screen.field("quiet hours", &list.quiet_hours);
    screen.field(
        "at most",
        format!("{} an hour through each channel", list.per_hour),
    );
    screen.blank();
    if list.notices.is_empty() {
        screen.line([Span::new("Nothing was there to tell you of yet.", DIM)]);
        return;
    }
    let mut table = Table::new([
        ("when", Column::Left),
        ("what", Column::Cut),
        ("told", Column::Left),
    ]);
    for notice in &list.notices {
        table.row_with_notes(
            [
                clock.time(notice.at.as_ref()).into(),
                (&notice.text).into(),
                told(notice),
            ],
            [
                Note::Whole(Span::new(&notice.command, DIM)),
                Note::Whole(problems(notice)),
            ],
        );
    }
    screen.table(&table);
}

/// How far the channels are with a notice, the worst first.
fn told(notice: &Notice) -> Span {
    let has = |state: &str| notice.sendings.iter().any(|sending| sending.state == state);
    if notice.sendings.is_empty() {
        Span::new("no channel", DIM)
    } else if has("given-up") {
        Span::new("given up", BAD)
    } else if has("waiting") {
        Span::new("waits", WARN)
    } else if has("sent") {
        Span::new("yes", GOOD)
    } else {
        Span::new("settled before", DIM)
    }
}

fn problems(notice: &Notice) -> Span {
    let failed = |sending: &&NoticeSending| !sending.problem.is_empty();
    let said: Vec<String> = notice
        .sendings
        .iter()
        .filter(failed)
        .map(|sending| {
            format!(
                "{}: {} ({})",
                sending.channel,
                sending.problem,
                count(sending.tries, "try").replace("trys", "tries")
            )
        })
        .collect();
    Span::new(said.join("; "), BAD)
}

fn draw_test(tested: &TestNoticeResponse, screen: &mut Screen, _: &Clock) {
    for channel in &tested.channels {
        screen.field(
            &channel.name,
            match channel.problem.as_str() {
                "" => Span::new("sent; look whether it arrived", GOOD),
                problem => Span::new(problem, BAD),
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use agent_api::v1::NoticeChannel;

    use super::*;
    use crate::command::testing::{at, drawn};

    #[test]
    fn the_list_says_what_was_told_and_what_did_not_get_through() {
        let sending = |channel: &str, state: &str, problem: &str| NoticeSending {
            channel: channel.to_owned(),
            state: state.to_owned(),
            tries: 2,
            problem: problem.to_owned(),
            ..NoticeSending::default()
        };
        let list = ListNoticesResponse {
            notices: vec![
                Notice {
                    id: 2,
                    at: at("2026-03-02T09:00:00Z"),
                    kind: "inbox".to_owned(),
                    text:
                        "Backend Engineer at Kranich: waits for your review; nothing has been sent"
                            .to_owned(),
                    command: "agentctl review 3f2a".to_owned(),
                    sendings: vec![
                        sending("desktop", "sent", ""),
                        sending("ntfy", "waiting", "ntfy.example did not answer in time"),
                    ],
                },
                Notice {
                    id: 1,
                    at: at("2026-03-01T07:31:00Z"),
                    kind: "jobs".to_owned(),
                    text: "3 new openings score 75 or more; the best: Baker at Halden (88)"
                        .to_owned(),
                    command: "agentctl jobs list --where 'new and score>=75'".to_owned(),
                    sendings: vec![sending("desktop", "sent", "")],
                },
            ],
            channels: vec![
                NoticeChannel {
                    name: "desktop".to_owned(),
                    on: true,
                    place: "notify-send".to_owned(),
                    problem: String::new(),
                },
                NoticeChannel {
                    name: "ntfy".to_owned(),
                    on: true,
                    place: "ntfy.example; what is told there LEAVES THIS MACHINE".to_owned(),
                    problem: "ntfy.example did not answer in time".to_owned(),
                },
            ],
            quiet_hours: "22:00-07:00".to_owned(),
            per_hour: 6,
        };
        insta::assert_snapshot!("notices", drawn(&list, draw));
        let none = ListNoticesResponse {
            quiet_hours: "off".to_owned(),
            per_hour: 6,
            ..ListNoticesResponse::default()
        };
        insta::assert_snapshot!("no_notices", drawn(&none, draw));
    }
}
