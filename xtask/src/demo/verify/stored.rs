//! The manifests in the daemon's database, each held against the signatures
//! stored for it.

use std::path::Path;

use agent_approval::{Manifest, ManifestDigest, PublicKey, SignedApproval};
use anyhow::Result;
use rusqlite::{Connection, OpenFlags};

/// A stored manifest and whether the person signed it.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) manifest: Manifest,
    pub(super) signed: bool,
}

/// Reads them, without writing anything.
pub(super) fn stored(database: &Path, key: &PublicKey) -> Result<Vec<Stored>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let database = Connection::open_with_flags(database, flags)?;
    let mut manifests = database.prepare("SELECT bytes FROM manifests ORDER BY saved_at")?;
    let mut approvals = database.prepare(
        "SELECT approvals.bytes, signature, signed_at FROM approvals
         JOIN manifests ON manifests.digest = approvals.manifest WHERE manifests.bytes = ?1",
    )?;
    let mut found = Vec::new();
    let rows = manifests.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    for bytes in rows {
        let bytes = bytes?;
        let digest = ManifestDigest::of(&bytes);
        let signatures = approvals.query_map([&bytes], |row| {
            let signed_at: i64 = row.get(2)?;
            Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?, signed_at))
        })?;
        let mut signed = false;
        for signature in signatures {
            let (bytes, signature, micros) = signature?;
            let approval = SignedApproval { bytes, signature };
            signed |= approval.verify(key, digest, micros / 1_000_000).is_ok();
        }
        found.push(Stored {
            manifest: Manifest::decode(&bytes)?,
            signed,
        });
    }
    Ok(found)
}
