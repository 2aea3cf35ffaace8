//! Receipts: what the portal said when it took an application.

use agent_core::{
    application::{IntentId, ReceiptId},
    ids::ApplicationId,
};
use jiff::Timestamp;
use rusqlite::{Row, params};

use super::{Intent, StoredApproval, StoredManifest};
use crate::{
    Reader, Refusal, StoreError, WriteTx,
    value::{count, integer, micros, time},
};

/// A receipt to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReceipt {
    /// The intent it answers.
    pub intent: IntentId,
    /// Address of the page that confirmed.
    pub url: String,
    /// Text of that page.
    pub text: String,
    /// The portal's reference, if it gave one.
    pub reference: Option<String>,
    /// The page as a picture (PNG).
    pub screenshot: Option<Vec<u8>>,
    /// When it was read.
    pub at: Timestamp,
}

/// A kept receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its row.
    pub id: ReceiptId,
    /// The application that was taken.
    pub application: ApplicationId,
    /// What the portal said.
    pub content: NewReceipt,
}

/// All it takes to check a receipt again: what was approved, by which
/// signature, that it was tried under it, and what came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmissionProof {
    /// What the portal said.
    pub receipt: Receipt,
    /// The attempt.
    pub intent: Intent,
    /// The signature it was made under.
    pub approval: StoredApproval,
    /// What was signed.
    pub manifest: StoredManifest,
}

const SELECT: &str =
    "SELECT id, intent, application, at, url, text, reference, screenshot FROM receipts";

impl WriteTx<'_> {
    /// Keeps the receipt of an intent that is under way; one each.
    pub fn save_receipt(&mut self, new: &NewReceipt) -> Result<ReceiptId, StoreError> {
        let intent = self.known_intent(new.intent)?;
        let receipted = "SELECT count(*) FROM receipts WHERE intent = ?1";
        if intent.end.is_some() || self.number(receipted, [integer(intent.id.0)])? {
            return Err(Refusal::Finished { intent: intent.id }.into());
        }
        self.run(
            "INSERT INTO receipts (intent, application, at, url, text, reference, screenshot)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                integer(new.intent.0),
                intent.application.as_bytes(),
                micros(new.at),
                new.url,
                new.text,
                new.reference,
                new.screenshot
            ],
        )?;
        Ok(ReceiptId(count(self.connection.last_insert_rowid())))
    }
}

impl Reader {
    /// One receipt.
    pub fn receipt(&self, id: ReceiptId) -> Result<Option<Receipt>, StoreError> {
        self.first(&format!("{SELECT} WHERE id = ?1"), [integer(id.0)], read)
    }

    /// The receipts of an application, oldest first.
    pub fn receipts_of(&self, application: ApplicationId) -> Result<Vec<Receipt>, StoreError> {
        let sql = format!("{SELECT} WHERE application = ?1 ORDER BY id");
        self.all(&sql, [application.as_bytes()], read)
    }

    /// All receipts there are, oldest first.
    pub fn receipt_ids(&self) -> Result<Vec<ReceiptId>, StoreError> {
        self.all("SELECT id FROM receipts ORDER BY id", [], |row| {
            Ok(ReceiptId(count(row.get(0)?)))
        })
    }

    /// A receipt with all it rests on.
    pub fn submission_proof(&self, id: ReceiptId) -> Result<Option<SubmissionProof>, StoreError> {
        let Some(receipt) = self.receipt(id)? else {
            return Ok(None);
        };
        let intent = self.known_intent(receipt.content.intent)?;
        let lost = |what, id: String| StoreError::Missing { what, id };
        let approval = self
            .approval(intent.approval)?
            .ok_or_else(|| lost("approval", intent.approval.0.to_string()))?;
        let manifest = self
            .manifest(intent.manifest)?
            .ok_or_else(|| lost("manifest", intent.manifest.to_string()))?;
        Ok(Some(SubmissionProof {
            receipt,
            intent,
            approval,
            manifest,
        }))
    }
}

fn read(row: &Row<'_>) -> Result<Receipt, StoreError> {
    Ok(Receipt {
        id: ReceiptId(count(row.get("id")?)),
        application: ApplicationId::from_bytes(row.get("application")?),
        content: NewReceipt {
            intent: IntentId(count(row.get("intent")?)),
            url: row.get("url")?,
            text: row.get("text")?,
            reference: row.get("reference")?,
            screenshot: row.get("screenshot")?,
            at: time(row, "at")?,
        },
    })
}
