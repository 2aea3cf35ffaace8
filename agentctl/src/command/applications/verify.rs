//! `agentctl applications verify`: checks every receipt against its signature,
//! with the key files of the home and no word of the daemon's.

use std::collections::BTreeMap;

use agent_api::v1::{Proof, ProofsRequest};
use agent_approval::{Approval, KeyChain, Manifest, ManifestDigest, SignedApproval};
use serde::Serialize;

use crate::command::key::files;
use crate::error::Failure;
use crate::output::Output;
use crate::rows;
use crate::screen::{BAD, DIM, GOOD, Screen, Span};
use crate::session::{Place, Session};
use crate::text::count;

/// Check every receipt against your signature.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  agentctl applications verify\n  agentctl applications verify ab12\n\n\
    For each: your key signed exactly what was sent, before it was sent, and the approval was\n\
    still valid then; the receipt belongs to it; no opening was sent to twice. The keys are\n\
    those of the files in your home. Exits with 1 when one check fails."
)]
pub(crate) struct Args {
    /// Unique beginning of its id, or its row in the last list; all when left out
    application: Option<String>,
}

/// What was found of one receipt.
#[derive(Debug, Serialize)]
struct Checked {
    id: String,
    short_id: String,
    title: String,
    employer: String,
    /// Digest of what was sent, of the bytes received.
    digest: String,
    valid: bool,
    /// Why it is not; empty when it is.
    fault: String,
}

#[derive(Debug, Serialize)]
struct Verified {
    checked: Vec<Checked>,
    valid: usize,
    failed: usize,
}

/// Checks the receipts.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let id = match &args.application {
        Some(typed) => rows::resolve(rows::latest(&place.home), &place.home, typed)?,
        None => String::new(),
    };
    let session = Session::open(place, output).await?;
    let request = ProofsRequest { id };
    let proofs = session.applications().proofs(request).await?.into_inner();
    let chain = files::chain(&place.home)?;
    let verified = verify(&proofs.proofs, chain.as_ref());
    output.show(&verified, |verified, screen, _| draw(verified, screen))?;
    match verified.failed {
        0 => Ok(()),
        failed => Err(
            Failure::refused(format!("{} failed", count(failed as u64, "receipt")))
                .reason("receipt-failed"),
        ),
    }
}

fn verify(proofs: &[Proof], chain: Option<&KeyChain>) -> Verified {
    let mut openings: BTreeMap<String, String> = BTreeMap::new();
    let mut checked = Vec::new();
    for proof in proofs {
        let row = proof.row.clone().unwrap_or_default();
        let mut fault = check(proof, chain).err().unwrap_or_default();
        if let (true, Ok(manifest)) = (fault.is_empty(), Manifest::decode(&proof.manifest))
            && let Some(first) = openings.insert(manifest.opening, row.short_id.clone())
        {
            fault = format!("the same opening was sent to before, with {first}");
        }
        checked.push(Checked {
            id: row.id,
            short_id: row.short_id,
            title: row.title,
            employer: row.employer,
            digest: ManifestDigest::of(&proof.manifest).to_string(),
            valid: fault.is_empty(),
            fault,
        });
    }
    let valid = checked.iter().filter(|checked| checked.valid).count();
    Verified {
        failed: checked.len() - valid,
        valid,
        checked,
    }
}

/// Everything that must hold for one receipt; the first that does not is told.
fn check(proof: &Proof, chain: Option<&KeyChain>) -> Result<(), String> {
    let chain = chain.ok_or("there is no key file in the home")?;
    let manifest = Manifest::decode(&proof.manifest).map_err(|error| error.to_string())?;
    let row = proof.row.as_ref().ok_or("it names no application")?;
    if manifest.application != row.id {
        return Err("what was sent belongs to another application".to_owned());
    }
    let approval: Approval = serde_json::from_slice(&proof.approval)
        .map_err(|error| format!("this is not an approval: {error}"))?;
    let key = chain.key(approval.key).ok_or_else(|| {
        format!(
            "it was signed with a key that is not yours: {}",
            approval.key
        )
    })?;
    let signed = SignedApproval {
        bytes: proof.approval.clone(),
        signature: <[u8; 64]>::try_from(proof.signature.as_slice())
            .map_err(|_| "the signature is missing or cut off")?,
    };
    let released = proof
        .released
        .as_ref()
        .ok_or("no time of sending is kept")?;
    signed
        .verify(key, ManifestDigest::of(&proof.manifest), released.seconds)
        .map_err(|error| error.to_string())?;
    let receipt = proof.receipt.as_ref().ok_or("there is no receipt")?;
    let at = receipt.at.as_ref().ok_or("the receipt has no time")?;
    if (at.seconds, at.nanos) < (released.seconds, released.nanos) {
        return Err("the receipt is older than the sending".to_owned());
    }
    if receipt.reference != row.reference {
        return Err("the receipt bears another reference than the application".to_owned());
    }
    Ok(())
}

fn draw(verified: &Verified, screen: &mut Screen) {
    for checked in &verified.checked {
        let mark = match checked.valid {
            true => Span::new("ok      ", GOOD),
            false => Span::new("FAILED  ", BAD),
        };
        let short: String = checked.digest.chars().take(12).collect();
        screen.cut_line([
            mark,
            Span::new(format!("{}  {short}  ", checked.short_id), DIM),
            format!("{}, {}", checked.title, checked.employer).into(),
        ]);
        if !checked.fault.is_empty() {
            screen.hanging(["        ".into()], Span::new(&checked.fault, BAD));
        }
    }
    let receipts = count(verified.checked.len() as u64, "receipt");
    screen.line([match (verified.checked.len(), verified.failed) {
        (0, _) => "There is no receipt yet: nothing was sent.".into(),
        (_, 0) => Span::new(
            format!("{receipts}: each was signed by you before it was sent."),
            GOOD,
        ),
        (_, failed) => Span::new(format!("{failed} of {receipts} failed."), BAD),
    }]);
}

#[cfg(test)]
mod tests {
    use agent_api::Timestamp;
    use agent_api::v1::{ApplicationRow, Receipt};
    use agent_approval::{Lifetime, Purpose, SecretKey};

    use super::*;
    use crate::command::review::sample;
    use crate::command::testing::drawn;

    /// A proof whose every part fits: signed at 1000, sent at 1010, confirmed at 1011.
    fn proof(key: &SecretKey, number: u8) -> Proof {
        let mut manifest = sample::plain();
        manifest.application = format!("{number:032x}");
        manifest.opening = format!("kranich/{number}");
        let bytes = manifest.encode().unwrap();
        let approval = Approval {
            purpose: Purpose::Submit,
            manifest: ManifestDigest::of(&bytes),
            signed_at: 1_000,
            valid_until: 1_000 + i64::from(Lifetime::DEFAULT.seconds()),
            key: key.public().id(),
        };
        let signed = SignedApproval::sign(key, &approval).unwrap();
        let at = |seconds| Some(Timestamp { seconds, nanos: 0 });
        Proof {
            row: Some(ApplicationRow {
                id: manifest.application,
                short_id: format!("000{number}"),
                title: "Engineer".to_owned(),
                employer: "Kranich".to_owned(),
                reference: "GH-1".to_owned(),
                ..ApplicationRow::default()
            }),
            manifest: bytes,
            approval: signed.bytes,
            signature: signed.signature.to_vec(),
            public_key: key.public().to_line(),
            released: at(1_010),
            receipt: Some(Receipt {
                at: at(1_011),
                reference: "GH-1".to_owned(),
                ..Receipt::default()
            }),
        }
    }

    #[test]
    fn p1_each_broken_proof_fails_and_its_twin_holds() {
        let key = SecretKey::from_random(&[7; 32]);
        let other = SecretKey::from_random(&[8; 32]);
        let chain = KeyChain::follow(key.public(), &[]).unwrap();
        let broken = |expected: &str, change: &dyn Fn(&mut Proof)| {
            let mut proofs = vec![proof(&key, 1), proof(&key, 2)];
            assert_eq!(verify(&proofs, Some(&chain)).valid, 2, "{expected}");
            change(&mut proofs[1]);
            let verified = verify(&proofs, Some(&chain));
            assert_eq!((verified.valid, verified.failed), (1, 1), "{expected}");
            assert!(verified.checked[0].valid, "{expected}");
            let fault = &verified.checked[1].fault;
            assert!(fault.contains(expected), "{fault} / {expected}");
        };
        broken("manifest", &|proof| {
            let text = String::from_utf8(proof.manifest.clone()).unwrap();
            proof.manifest = text.replace("Zoë", "Zoe").into_bytes();
        });
        broken("another application", &|proof| {
            proof.row.as_mut().unwrap().id = "ff".repeat(16);
        });
        broken("not yours", &|broken| {
            let foreign = proof(&other, 2);
            (broken.approval, broken.signature) = (foreign.approval, foreign.signature);
        });
        broken("signature", &|proof| proof.signature[0] ^= 1);
        broken("cut off", &|proof| proof.signature.truncate(10));
        broken("ended", &|proof| {
            proof.released.as_mut().unwrap().seconds += 100_000
        });
        broken("future", &|proof| {
            proof.released.as_mut().unwrap().seconds = 500
        });
        broken("older than the sending", &|proof| {
            proof.receipt.as_mut().unwrap().at.as_mut().unwrap().seconds = 1_009;
        });
        broken("another reference", &|proof| {
            proof.receipt.as_mut().unwrap().reference = "GH-2".to_owned();
        });
        broken("no receipt", &|proof| proof.receipt = None);
    }

    #[test]
    fn p2_two_receipts_of_one_opening_are_told() {
        let key = SecretKey::from_random(&[7; 32]);
        let chain = KeyChain::follow(key.public(), &[]).unwrap();
        let verified = verify(&[proof(&key, 1), proof(&key, 1)], Some(&chain));
        assert_eq!(verified.failed, 1);
        let look =
            |verified: &Verified| drawn(verified, |verified, screen, _| draw(verified, screen));
        insta::assert_snapshot!(look(&verified));
        assert!(look(&verify(&[proof(&key, 1)], None)).contains("no key file"));
        assert!(look(&verify(&[], Some(&chain))).contains("nothing was sent"));
    }
}
