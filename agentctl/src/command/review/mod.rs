//! `agentctl review`: what waits for the person's signature.

mod draw;
mod edit;
mod field;
mod item;
mod leaving;
mod list;
mod outcome;
mod queue;
#[cfg(test)]
pub(super) mod sample;
mod sign;
mod whole;

use std::path::PathBuf;

use agent_api::v1::QueueRequest;
use agent_approval::Lifetime;

use self::draw::Extent;
use self::item::Item;
use super::key::unlock::PassphraseSource;
use super::picture;
use crate::error::Failure;
use crate::output::{self, Format, Output};
use crate::rows::{self, List};
use crate::session::{Place, Session};

/// See what would be sent, and sign, change or discard it.
///
/// Each application is shown in full: where it goes, every answer, every file, and what a
/// model wrote. You sign by typing the first six characters of its digest; there is no other
/// way to have anything sent.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  agentctl review\n  agentctl review 1\n  agentctl review --list\n  \
    agentctl review --show ab12 --screenshot form.png\n\n\
    Signing needs a terminal. --list, --show and --json work anywhere and never sign."
)]
pub(crate) struct Args {
    /// Unique beginning of its id, or its row in the last list; all in turn when left out
    application: Option<String>,
    /// List what waits, and nothing more
    #[arg(long, conflicts_with_all = ["application", "show"])]
    list: bool,
    /// Show one in full, and nothing more
    #[arg(long, value_name = "ID", conflicts_with = "application")]
    show: Option<String>,
    /// With --show: save the picture of the filled form
    #[arg(long, value_name = "FILE", requires = "show", value_hint = clap::ValueHint::FilePath)]
    screenshot: Option<PathBuf>,
    /// How long what you sign may be sent: 15m to 24h
    #[arg(long, value_name = "TIME", default_value = "4h", value_parser = sign::lifetime)]
    valid: Lifetime,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

/// Opens the queue, or shows it.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let typed = args.show.as_deref().or(args.application.as_deref());
    let id = match typed {
        Some(typed) => rows::resolve(rows::latest(&place.home), &place.home, typed)?,
        None => String::new(),
    };
    let only_looks = args.list || args.show.is_some() || output.format == Format::Json;
    if !only_looks && !output::is_conversation() {
        return Err(Failure::refused("approving needs a terminal to type at")
            .reason("no-terminal")
            .hint("look without one: agentctl review --list, or agentctl review --show ID"));
    }
    let session = Session::open(place, output).await?;
    let one = !id.is_empty();
    let items = fetch(&session, id).await?;
    if only_looks {
        return look(&args, one, items, place, output);
    }
    let talk = queue::Talk {
        session: &session,
        home: &place.home,
        lifetime: args.valid,
        passphrase: &args.passphrase,
    };
    queue::run(items, &talk, output).await
}

/// What waits, decoded.
async fn fetch(session: &Session, id: String) -> Result<Vec<Item>, Failure> {
    let queue = session.reviews().queue(QueueRequest { id }).await?;
    let reviews = queue.into_inner().reviews.into_iter();
    reviews.map(Item::of).collect()
}

/// Shows without asking anything.
fn look(
    args: &Args,
    one: bool,
    items: Vec<Item>,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    if !one {
        let ids = items.iter().map(|item| item.row.id.as_str());
        rows::keep(List::Applications, &place.home, 0, ids);
        let json = list::json(&items);
        return output.show(&json, |_, screen, clock| list::draw(&items, screen, clock));
    }
    let Some(item) = items.into_iter().next() else {
        return Err(Failure::refused("it does not wait for review")
            .reason(agent_api::reason::WRONG_STAGE)
            .hint("see how it stands with: agentctl applications show ID"));
    };
    if let Some(file) = &args.screenshot {
        picture::save(file, &item.screenshot, "the form was filled without one")?;
        output.note(&format!("Saved the picture in {}", file.display()));
    }
    output.show(&list::full(&item), |_, screen, clock| {
        draw::item(&item, "", Extent::Whole, screen, clock);
        screen.blank();
        sign::draw_digest(&item.digest, screen);
        screen.next(&format!(
            "agentctl review {}   (to decide)",
            item.row.short_id
        ));
    })
}
