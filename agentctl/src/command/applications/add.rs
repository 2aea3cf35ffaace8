//! `agentctl applications add`: notes what the person sent by themselves.

use agent_api::v1::AddApplicationRequest;

use super::draw_row;
use crate::error::{Failure, Kind};
use crate::output::Output;
use crate::rows;
use crate::session::{Place, Session};

/// Note an application that you sent yourself.
///
/// The opening is then known as applied to, and nothing is sent there again.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  agentctl applications add 3 --sent 2026-03-02\n  \
    agentctl applications add https://example.com/jobs/7 --sent 2026-03-02 \\\n      \
    --employer \"Example GmbH\" --title \"Nurse\""
)]
pub(crate) struct Args {
    /// Id or row of an opening, or the address of a posting elsewhere
    #[arg(value_name = "JOB|URL")]
    job_or_url: String,
    /// When you sent it, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    sent: jiff::civil::Date,
    /// Employer, for an address
    #[arg(
        long,
        value_name = "NAME",
        default_value = "",
        hide_default_value = true
    )]
    employer: String,
    /// Title of the posting, for an address
    #[arg(
        long,
        value_name = "TITLE",
        default_value = "",
        hide_default_value = true
    )]
    title: String,
}

/// Adds it.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let is_url = args.job_or_url.contains("://");
    if is_url && (args.employer.is_empty() || args.title.is_empty()) {
        return Err(
            Failure::new(Kind::Usage, "an address alone does not say who and what")
                .hint("add --employer NAME --title TITLE"),
        );
    }
    let job_or_url = match is_url {
        true => args.job_or_url,
        false => rows::resolve(rows::latest(&place.home), &place.home, &args.job_or_url)?,
    };
    let session = Session::open(place, output).await?;
    let request = AddApplicationRequest {
        job_or_url,
        sent_on: args.sent.to_string(),
        employer: args.employer,
        title: args.title,
    };
    let row = session.applications().add(request).await?.into_inner();
    output.show(&row, draw_row)
}
