//! `agentctl applications show`: one application with its receipt and history.

use std::path::PathBuf;

use agent_api::v1::{ApplicationDetail, Receipt, ShowApplicationRequest};
use agent_approval::{Manifest, ManifestDigest};
use serde::Serialize;
use serde_json::Value;

use super::draw;
use crate::command::picture;
use crate::error::Failure;
use crate::output::Output;
use crate::rows;
use crate::session::{Place, Session};

/// Show an application with its receipt and history.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  agentctl applications show 1\n  \
    agentctl applications show ab12 --screenshot receipt.png")]
pub(crate) struct Args {
    /// Unique beginning of its id, or its row in the last list
    application: String,
    /// Save the picture of the page that confirmed it
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    screenshot: Option<PathBuf>,
}

/// Shows an application.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let id = rows::resolve(rows::latest(&place.home), &place.home, &args.application)?;
    let session = Session::open(place, output).await?;
    let request = ShowApplicationRequest { id };
    let detail = session.applications().show(request).await?.into_inner();
    if let Some(file) = &args.screenshot {
        let last = detail.receipts.last();
        let png = last.map_or(&[][..], |receipt| receipt.screenshot.as_slice());
        picture::save(file, png, "no page confirmed this application yet")?;
        output.note(&format!("Saved the picture in {}", file.display()));
    }
    output.show(&json(&detail), |_, screen, clock| {
        draw::detail(&detail, screen, clock)
    })
}

/// The detail for programs: the manifest as it reads, pictures by their size.
#[derive(Serialize)]
struct Json<'a> {
    #[serde(flatten)]
    row: &'a Option<agent_api::v1::ApplicationRow>,
    history: &'a [agent_api::v1::HistoryEntry],
    receipts: Vec<ReceiptJson<'a>>,
    /// Null before there is one.
    digest: Option<String>,
    manifest: Value,
    doubt: &'a str,
    messages: &'a [String],
}

#[derive(Serialize)]
struct ReceiptJson<'a> {
    at: Option<String>,
    url: &'a str,
    reference: &'a str,
    text: &'a str,
    screenshot_bytes: usize,
}

fn json(detail: &ApplicationDetail) -> Json<'_> {
    let digest =
        (!detail.manifest.is_empty()).then(|| ManifestDigest::of(&detail.manifest).to_string());
    let manifest = Manifest::decode(&detail.manifest)
        .ok()
        .and_then(|manifest| serde_json::to_value(manifest).ok());
    Json {
        row: &detail.row,
        history: &detail.history,
        receipts: detail.receipts.iter().map(receipt).collect(),
        digest,
        manifest: manifest.unwrap_or_default(),
        doubt: &detail.doubt,
        messages: &detail.messages,
    }
}

fn receipt(receipt: &Receipt) -> ReceiptJson<'_> {
    ReceiptJson {
        at: receipt.at.as_ref().map(ToString::to_string),
        url: &receipt.url,
        reference: &receipt.reference,
        text: &receipt.text,
        screenshot_bytes: receipt.screenshot.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::applications::draw::tests::row;
    use crate::command::testing::at;

    #[test]
    fn programs_get_stable_keys_and_no_raw_bytes() {
        let detail = ApplicationDetail {
            row: Some(row("submitted", "", "")),
            receipts: vec![Receipt {
                at: at("2026-03-02T09:13:05Z"),
                screenshot: vec![0; 9],
                ..Receipt::default()
            }],
            ..ApplicationDetail::default()
        };
        let value = serde_json::to_value(json(&detail)).unwrap();
        assert_eq!(value["stage"], "submitted");
        assert_eq!(value["receipts"][0]["at"], "2026-03-02T09:13:05Z");
        assert_eq!(value["receipts"][0]["screenshot_bytes"], 9);
        assert!(value["manifest"].is_null() && value["digest"].is_null());
    }
}
