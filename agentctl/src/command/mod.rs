//! The commands, a file each.

pub(crate) mod answer;
pub(crate) mod answers;
pub(crate) mod applications;
pub(crate) mod completions;
pub(crate) mod config;
mod daemon_program;
pub(crate) mod discard;
mod doctor;
pub(crate) mod documents;
pub(crate) mod egress;
pub(crate) mod explain;
pub(crate) mod feedback;
mod follow;
pub(crate) mod goal;
pub(crate) mod goals;
mod inbox;
pub(crate) mod init;
pub(crate) mod jobs;
pub(crate) mod key;
pub(crate) mod learn;
pub(crate) mod models;
mod next;
pub(crate) mod notify;
mod pause;
mod picture;
pub(crate) mod plugin;
pub(crate) mod prefs;
pub(crate) mod prepare;
pub(crate) mod profile;
pub(crate) mod prompts;
pub(crate) mod report;
pub(crate) mod review;
pub(crate) mod schedule;
pub(crate) mod search;
pub(crate) mod service;
pub(crate) mod skills;
pub(crate) mod source;
mod start;
mod status;
mod stop;
pub(crate) mod sync;
mod usage;
pub(crate) mod watch;

use self::pause::Switch;
use crate::cli::Command;
use crate::error::Failure;
use crate::output::Output;
use crate::session::Place;

/// Runs a command; none prints the inbox.
pub(crate) async fn run(
    command: Option<Command>,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let Some(command) = command else {
        return inbox::run(place, output).await;
    };
    match command {
        Command::Init(args) => init::run(args, place, output).await,
        Command::Inbox => inbox::run(place, output).await,
        Command::Goal(args) => goal::run(args, place, output).await,
        Command::Goals(command) => goals::run(command, place, output).await,
        Command::Prepare(args) => prepare::run(args, place, output).await,
        Command::Answer(args) => answer::run(args, place, output).await,
        Command::Answers(command) => answers::run(command, place, output).await,
        Command::Documents(command) => documents::run(command, place, output).await,
        Command::Review(args) => review::run(args, place, output).await,
        Command::Discard(args) => discard::run(args, place, output).await,
        Command::Applications(command) => applications::run(command, place, output).await,
        Command::Key(command) => key::run(command, place, output).await,
        Command::Pause => pause::run(Switch::Pause, place, output).await,
        Command::Unpause => pause::run(Switch::Unpause, place, output).await,
        Command::Profile(command) => profile::run(command, place, output).await,
        Command::Skills(command) => skills::run(command, place, output).await,
        Command::Status => status::run(place, output).await,
        Command::Doctor => doctor::run(place, output).await,
        Command::Start => start::run(place, output).await,
        Command::Stop => stop::run(place, output).await,
        Command::Source(command) => source::run(command, place, output).await,
        Command::Plugin(command) => plugin::run(command, place, output).await,
        Command::Sync(args) => sync::run(args, place, output).await,
        Command::Jobs(command) => jobs::run(command, place, output).await,
        Command::Like(said) => feedback::say(feedback::Said::Like(said), place, output).await,
        Command::Hide(said) => feedback::say(feedback::Said::Hide(said), place, output).await,
        Command::Unlike(said) => feedback::say(feedback::Said::Unlike(said), place, output).await,
        Command::Unhide(said) => feedback::say(feedback::Said::Unhide(said), place, output).await,
        Command::Feedback(command) => feedback::run(command, place, output).await,
        Command::Rules(command) => feedback::rules(command, place, output).await,
        Command::Report(command) => report::run(command, place, output).await,
        Command::Learn(command) => learn::run(command, place, output).await,
        Command::Search(command) => search::run(command, place, output).await,
        Command::Explain(args) => explain::run(args, place, output).await,
        Command::Prefs(command) => prefs::run(command, place, output).await,
        Command::Schedule(command) => schedule::run(command, place, output).await,
        Command::Models(command) => models::run(command, place, output).await,
        Command::Prompts(command) => prompts::run(command, place, output).await,
        Command::Notify(command) => notify::run(command, place, output).await,
        Command::Service(command) => service::run(command, place, output).await,
        Command::Watch(args) => watch::run(args, place, output).await,
        Command::Egress(args) => egress::run(args, place, output).await,
        Command::Config(command) => config::run(command, place, output).await,
        Command::Completions(args) => completions::run(&args, output),
    }
}

/// What the tests of screens share.
#[cfg(test)]
mod testing {
    use agent_api::Timestamp;
    use jiff::tz::TimeZone;

    use crate::moment::Clock;
    use crate::screen::Screen;

    /// The moment all screens of tests are drawn at.
    pub(super) fn clock() -> Clock {
        Clock {
            now: "2026-03-02T10:00:00Z".parse().unwrap(),
            zone: TimeZone::UTC,
        }
    }

    /// A time from its text.
    pub(super) fn at(time: &str) -> Option<Timestamp> {
        let time: jiff::Timestamp = time.parse().unwrap();
        Some(Timestamp {
            seconds: time.as_second(),
            nanos: 0,
        })
    }

    /// Draws a value for a terminal of 100 columns, without styles.
    pub(super) fn drawn<T>(value: &T, draw: impl FnOnce(&T, &mut Screen, &Clock)) -> String {
        let mut screen = Screen::new(Some(100));
        draw(value, &mut screen, &clock());
        anstream::adapter::strip_str(&screen.into_text()).to_string()
    }
}
