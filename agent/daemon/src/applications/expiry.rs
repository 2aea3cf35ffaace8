//! Approvals that can no longer be used, and how their applications go back to the
//! person.

use agent_approval::PublicKey;
use agent_core::{
    application::{Event, Stage},
    ids::ApplicationId,
};
use agent_store::{Application, StoredApproval};
use jiff::Timestamp;

use super::{
    drive::{Safety, step_if},
    keys,
};
use crate::{clock, fault::Fault, handle::Handle};

/// Whether what was signed can be used at `now`, as far as key and time go.
pub(super) fn holds(approval: &StoredApproval, key: &PublicKey, now: Timestamp) -> bool {
    let signed = &approval.signed;
    signed
        .verify(key, approval.manifest, now.as_second())
        .is_ok()
}

/// Returns an approved application to the person when its approval can no longer be
/// used. It is looked at in the transaction that returns it: what the person approved
/// anew since somebody looked stays approved.
pub(super) async fn expire(handle: &Handle, id: ApplicationId) -> Result<Application, Fault> {
    let key = *keys::trusted(&handle.home)?.current();
    let moved = step_if(handle, id, Safety::Process, move |tx, application| {
        let live = tx.live_approval(id)?;
        let stage = &application.state.stage;
        let over = is_over(stage, live.as_ref(), &key, clock::now());
        Ok(over.then_some(Event::ApprovalExpired))
    });
    moved.await
}

/// Whether the application waits to be sent with no approval that could send it.
fn is_over(stage: &Stage, live: Option<&StoredApproval>, key: &PublicKey, now: Timestamp) -> bool {
    let Stage::Approved { manifest } = stage else {
        return false;
    };
    !live.is_some_and(|live| live.manifest == *manifest && holds(live, key, now))
}

#[cfg(test)]
mod tests {
    use agent_approval::{Approval, ManifestDigest, Purpose, SecretKey, SignedApproval};
    use agent_store::{ApprovalId, ApprovalState};

    use super::*;

    const NOW: i64 = 1_800_000_000;

    /// Signed by `key` at [`NOW`] for a quarter of an hour.
    fn approval(key: &SecretKey, manifest: ManifestDigest) -> StoredApproval {
        let says = Approval {
            purpose: Purpose::Submit,
            manifest,
            signed_at: NOW,
            valid_until: NOW + 900,
            key: key.public().id(),
        };
        StoredApproval {
            id: ApprovalId(1),
            application: ApplicationId::from_bytes([1; 16]),
            manifest,
            signed: SignedApproval::sign(key, &says).unwrap(),
            key: says.key,
            signed_at: Timestamp::from_second(NOW).unwrap(),
            valid_until: Timestamp::from_second(NOW + 900).unwrap(),
            state: ApprovalState::Live,
            ended_at: None,
            why: None,
        }
    }

    #[test]
    fn only_an_approved_application_without_a_usable_approval_goes_back() {
        let ours = SecretKey::from_random(&[1; 32]);
        let other = SecretKey::from_random(&[2; 32]);
        let manifest = ManifestDigest::of(b"what waits");
        let live = approval(&ours, manifest);
        let elsewhere = approval(&ours, ManifestDigest::of(b"what waited before"));
        let approved = Stage::Approved { manifest };
        let waiting = Stage::AwaitingApproval {
            manifest,
            diff: Vec::new(),
        };
        let over = |stage: &Stage, live: Option<&StoredApproval>, key: &SecretKey, at: i64| {
            let at = Timestamp::from_second(NOW + at).unwrap();
            is_over(stage, live, &key.public(), at)
        };
        assert!(!over(&approved, Some(&live), &ours, 0));
        assert!(!over(&approved, Some(&live), &ours, 899));
        assert!(over(&approved, Some(&live), &ours, 900));
        assert!(over(&approved, Some(&live), &other, 0));
        assert!(over(&approved, Some(&elsewhere), &ours, 0));
        assert!(over(&approved, None, &ours, 0));
        assert!(!over(&waiting, None, &ours, 0));
        assert!(!over(&Stage::Drafting, Some(&live), &ours, 900));
    }
}
