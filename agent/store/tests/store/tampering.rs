//! The rules that the schema itself holds, tried with plain SQL.

use agent_store::IntentOutcome;
use rusqlite::Connection;

use crate::{
    applying::{approve, create, end, id, keep_manifest, receipt, submit, to_review},
    support::Corpus,
};

/// A database with a submitted application (1, with its receipt) and an
/// approved one (2).
async fn submitted() -> (Corpus, Connection) {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| {
            create(tx, 1, "acme baker")?;
            create(tx, 2, "acme cook")?;
            let first = to_review(tx, 1, 1)?;
            approve(tx, 1, first, 3)?;
            let intent = submit(tx, 1, first, 4)?;
            tx.save_receipt(&receipt(intent))?;
            tx.finish_intent(intent, &end(IntentOutcome::Receipt, 9))?;
            keep_manifest(tx, 1, 2)?;
            let second = to_review(tx, 2, 1)?;
            approve(tx, 2, second, 3)
        })
        .await
        .unwrap();
    let raw = corpus.raw().await;
    raw.pragma_update(None, "foreign_keys", true).unwrap();
    (corpus, raw)
}

#[tokio::test]
async fn p1_what_was_signed_and_received_cannot_be_changed_or_deleted() {
    let (_corpus, raw) = submitted().await;
    let refused = |sql: &str, words: &str| {
        let error = raw.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains(words), "{sql}: {error}");
    };
    for (table, column) in [
        ("manifests", "bytes = x'00'"),
        ("manifests", "fillings = '{}'"),
        ("approvals", "bytes = x'00' WHERE state = 'live'"),
        ("approvals", "signature = zeroblob(64) WHERE state = 'live'"),
        ("approvals", "key = zeroblob(32) WHERE state = 'live'"),
        ("approvals", "valid_until = 9 WHERE state = 'live'"),
        ("intents", "manifest = zeroblob(32)"),
        ("intents", "opening = 'another'"),
        ("receipts", "text = ''"),
    ] {
        refused(&format!("UPDATE {table} SET {column}"), "immutable");
        refused(&format!("DELETE FROM {table}"), "immutable");
    }
    refused(
        "UPDATE approvals SET state = 'live', ended_at = NULL WHERE state = 'used'",
        "was used, dropped or ran out",
    );
    refused(
        "UPDATE intents SET outcome = NULL, forwarded = NULL, finished_at = NULL",
        "the intent has ended",
    );
    refused(
        "UPDATE applications SET opening = 'another'",
        "keeps its id and opening",
    );
    // What may change does: an approval that lives is dropped.
    let dropped = raw.execute(
        "UPDATE approvals SET state = 'dropped', ended_at = 9 WHERE state = 'live'",
        [],
    );
    assert_eq!(dropped.unwrap(), 1);
}

#[tokio::test]
async fn p2_the_schema_refuses_a_second_use_a_second_intent_and_a_foreign_manifest() {
    let (_corpus, raw) = submitted().await;
    let intent = |application: u8, opening: &str, of: u8, state: &str| {
        raw.execute(
            "INSERT INTO intents (application, opening, manifest, approval, recorded_at)
             SELECT ?1, ?2, manifest, id, saved_at FROM approvals
             WHERE application = ?3 AND state = ?4",
            (
                id(application).as_bytes(),
                opening,
                id(of).as_bytes(),
                state,
            ),
        )
        .map_err(|error| error.to_string())
    };
    let refused = |outcome: Result<usize, String>, words: &str| {
        let error = outcome.unwrap_err();
        assert!(error.contains(words), "{words}: {error}");
    };
    let foreign = "FOREIGN KEY";
    refused(intent(1, "acme baker", 1, "used"), "needs a live approval");
    refused(intent(1, "acme baker", 2, "live"), "UNIQUE");
    refused(intent(2, "acme baker", 2, "live"), "UNIQUE");
    refused(intent(2, "another", 2, "live"), foreign);

    // A second approval of one manifest, and of one application.
    let approval = |manifest: &str, bytes: &str| {
        raw.execute(
            &format!(
                "INSERT INTO approvals (application, manifest, bytes, signature, key, signed_at,
                                        valid_until, saved_at)
                 SELECT application, digest, {bytes}, zeroblob(64), zeroblob(32), 1, 2, 1
                 FROM manifests WHERE digest IN ({manifest})"
            ),
            [],
        )
        .map_err(|error| error.to_string())
    };
    let used = "SELECT manifest FROM approvals WHERE state = 'used'";
    let live = "SELECT manifest FROM approvals WHERE state = 'live'";
    let unsigned = "SELECT digest FROM manifests EXCEPT SELECT manifest FROM approvals";
    refused(approval(used, "x'01'"), "UNIQUE");
    refused(approval(live, "x'02'"), "UNIQUE");
    let replayed = "(SELECT bytes FROM approvals LIMIT 1)";
    refused(approval(unsigned, replayed), "UNIQUE");
    assert_eq!(approval(unsigned, "x'03'"), Ok(1));

    // The one that is allowed goes through, and uses its approval up.
    assert_eq!(intent(2, "acme cook", 2, "live"), Ok(1));
    let state: String = raw
        .query_row(
            "SELECT state FROM approvals WHERE application = ?1",
            [id(2).as_bytes()],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(state, "used");
    let ended = |columns: &str| {
        let sql = format!("UPDATE intents SET {columns}, finished_at = 9 WHERE outcome IS NULL");
        raw.execute(&sql, []).map_err(|error| error.to_string())
    };
    refused(ended("outcome = 'not-submitted', forwarded = 1"), "CHECK");
    refused(ended("outcome = 'unknown', forwarded = 0"), "CHECK");
    refused(ended("outcome = 'lost', forwarded = 1"), "CHECK");
    assert_eq!(ended("outcome = 'unknown', forwarded = 1"), Ok(1));
}

#[tokio::test]
async fn the_new_lists_are_answered_from_an_index() {
    let (_corpus, raw) = submitted().await;
    let check = |sql: &str, index: &str| {
        let plan: Vec<String> = raw
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .unwrap()
            .query_map([], |row| row.get("detail"))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert!(plan.iter().any(|step| step.contains(index)), "{plan:?}");
    };
    check(
        "SELECT id FROM events WHERE subject = 'a' AND kind >= 'application.'
         AND kind < 'application/' ORDER BY id",
        "application_events",
    );
    check(
        "SELECT id FROM applications WHERE opening = 'a' AND stage NOT IN ('closed', 'discarded')",
        "one_application_per_opening",
    );
    check(
        "SELECT title FROM applications WHERE expires_at <= 9 ORDER BY expires_at, id",
        "applications_by_expiry",
    );
    check(
        "SELECT bytes FROM approvals WHERE state = 'live' AND valid_until <= 9",
        "approvals_by_end",
    );
    check(
        "SELECT manifest FROM intents WHERE outcome IS NULL ORDER BY id",
        "open_intent",
    );
}
