//! Bad input: one clear line that says what to do, a fitting exit code, nothing lost.

use std::{fs, path::PathBuf, process::Stdio};

use practice::{Fault, FaultKind, PracticeOptions};

use crate::harness::{Home, employer, program, sample_cv};

/// A home whose daemon holds the sample CV.
async fn with_cv() -> (practice::Running, Home) {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.start();
    home.install_plugins();
    home.json(&["init", sample_cv().to_str().unwrap()]);
    (employer, home)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cv_that_cannot_be_read_is_refused_and_the_old_one_kept() {
    let (_employer, mut home) = with_cv().await;
    let before = home.json(&["profile", "show"]);
    let dir = home.path().to_owned();
    let file = |name: &str, content: &[u8]| -> PathBuf {
        let path = dir.join(name);
        fs::write(&path, content).unwrap();
        path
    };
    let big = dir.join("big.md");
    fs::File::create(&big)
        .unwrap()
        .set_len(50 * 1024 * 1024)
        .unwrap();
    let cases = [
        (dir.join("missing.md"), 1, "missing.md"),
        (dir.clone(), 1, "directory"),
        (file("empty.md", b""), 1, "empty"),
        (file("blank.txt", b" \n\t\n"), 1, "empty"),
        (big, 1, "8 MiB"),
        (
            file(
                "binary.md",
                &[0_u8, 159, 146, 150, 0, 1, 2, 3, 255, 254, 7, 0],
            ),
            1,
            "text",
        ),
        (
            file(
                "latin1.txt",
                b"Curriculum vit\xe6\nJos\xe9 \xd1u\xf1ez\nExperience\n",
            ),
            1,
            "UTF-8",
        ),
        (
            file("half.json", b"{\"basics\": {\"name\": \"Ada\""),
            1,
            "JSON",
        ),
        (file("other.json", b"{\"menu\": [1, 2, 3]}"), 1, "resume"),
        (
            file(
                "broken.pdf",
                b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n",
            ),
            1,
            "damaged",
        ),
        (file("locked.pdf", &encrypted_pdf()), 1, "password"),
        (file("scan.pdf", &pdf(FONT, "0 0 9 9 re f")), 1, "pictures"),
        // The library panics on these.
        (
            file("font.pdf", &pdf("<< /Type /Font >>", WORDS)),
            1,
            "damaged",
        ),
        (
            file("unnamed.pdf", &pdf(FONT, "BT /F9 12 Tf (x) Tj ET")),
            1,
            "damaged",
        ),
        (file("text.pdf", b"Curriculum vitae of Ada"), 1, "damaged"),
    ];
    for (path, code, says) in cases {
        let said = home.refused(&["init", path.to_str().unwrap()], code);
        assert!(
            said.to_lowercase().contains(&says.to_lowercase()),
            "{}: {said}",
            path.display()
        );
        assert!(said.lines().count() <= 3, "{}: {said}", path.display());
        assert!(!said.contains("RUST_BACKTRACE"), "{said}");
    }
    assert_eq!(
        home.json(&["profile", "show"]),
        before,
        "the profile is kept"
    );
    home.assert_alive();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cv_as_pdf_is_read() {
    let (_employer, home) = with_cv().await;
    let path = home.path().join("ada.pdf");
    fs::write(&path, pdf(FONT, WORDS)).unwrap();
    let read = home.json(&["init", path.to_str().unwrap()]);
    assert_eq!(read["name"], "Ada Lovelace", "{read}");
    assert_eq!(read["format"], "pdf");
}

const FONT: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
const WORDS: &str = "BT /F1 12 Tf 72 720 Td (Ada Lovelace) Tj \
    0 -40 Td (Experience) Tj 0 -40 Td (Analyst, Engine Works, 2019 - 2024) Tj ET";

/// A PDF of one page with this font and content.
fn pdf(font: &str, content: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ),
        font.to_owned(),
    ];
    assemble(&objects, "")
}

/// A small PDF that is encrypted with a password nobody knows (standard security
/// handler, revision 3); the keys are arbitrary bytes.
fn encrypted_pdf() -> Vec<u8> {
    let key = "00112233445566778899aabbccddeeff";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>".to_owned(),
        format!(
            "<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{key}{key}> /U <{key}{key}> >>"
        ),
    ];
    let encrypt = format!("/Encrypt 4 0 R /ID [<{key}> <{key}>]");
    assemble(&objects, &encrypt)
}

/// A PDF of these objects, the first of which is its catalogue.
fn assemble(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (number, object) in (1..).zip(objects) {
        table.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let (start, size) = (pdf.len(), objects.len() + 1);
    pdf.push_str(&format!("xref\n0 {size}\n{table}"));
    pdf.push_str(&format!(
        "trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    ));
    pdf.into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_no_plugin_claims_is_refused() {
    let (_employer, home) = with_cv().await;
    for (url, says) in [
        ("https://example.org/careers", "no installed plugin"),
        ("not an address", "knows no company"),
        ("https://127.0.0.1/boards", "no installed plugin"),
    ] {
        let said = home.refused(&["source", "add", url], 1);
        assert!(said.contains(says), "{url}: {said}");
    }
    assert_eq!(
        home.json(&["source", "list"])["sources"],
        serde_json::json!([])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_that_misbehaves_is_named_and_keeps_its_jobs() {
    let (employer, mut home) = with_cv().await;
    home.follow(&employer);
    home.json(&["sync"]);
    let before = home.json(&["jobs", "list", "--all", "--limit", "500"])["total"].clone();
    let board = employer
        .boards()
        .into_iter()
        .find(|board| board.url.contains("greenhouse"))
        .unwrap();
    let name = board.url.trim_end_matches('/').rsplit('/').next().unwrap();
    let path = format!("/v1/boards/{name}/jobs");
    for (kind, says) in [
        (FaultKind::NotFound, "does not know"),
        (FaultKind::ServerError, "500"),
        (FaultKind::Html, "web page"),
        (FaultKind::HalfJson, "JSON"),
        (FaultKind::Close, "could not be read"),
        (FaultKind::TooMany, "wait"),
    ] {
        employer.set_fault(Fault::new("boards-api.greenhouse.io", &path, kind));
        let output = home.ctl(&["sync"]);
        assert_eq!(output.status.code(), Some(1), "{kind:?}");
        let sources = home.json(&["source", "list"]);
        let source = sources["sources"]
            .as_array()
            .unwrap()
            .iter()
            .find(|source| source["url"] == board.url.as_str());
        let said = source.unwrap()["last_error"].as_str().unwrap();
        assert!(
            said.to_lowercase().contains(&says.to_lowercase()),
            "{kind:?}: {said}"
        );
        assert_eq!(said.lines().count(), 1, "{kind:?}: {said}");
        let now = home.json(&["jobs", "list", "--all", "--limit", "500"])["total"].clone();
        assert_eq!(now, before, "{kind:?}: a fault of the board closes no job");
    }
    employer.clear_fault("boards-api.greenhouse.io", &path);
    // The portal asked to be left alone for a second.
    crate::harness::wait_until("the board can be read again", || {
        home.ctl(&["sync"]).status.success()
    });
    home.assert_alive();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_daemon_is_refused_and_the_first_goes_on() {
    let (_employer, mut home) = with_cv().await;
    let second = std::process::Command::new(program("agentd"))
        .args(["run", "--home"])
        .arg(home.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(1));
    let said = String::from_utf8(second.stderr).unwrap();
    assert!(
        said.starts_with("error: ") && said.contains("agentctl stop") && said.lines().count() == 1,
        "{said}"
    );
    home.assert_alive();
    assert!(
        home.ctl(&["start"]).status.success(),
        "start is content with a daemon that runs"
    );
}

#[test]
fn a_socket_path_that_fits_nowhere_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let deep = dir.path().join("d".repeat(120));
    fs::create_dir(&deep).unwrap();
    let output = std::process::Command::new(program("agentd"))
        .args(["run", "--home"])
        .arg(&deep)
        .env("XDG_RUNTIME_DIR", &deep)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with("error: ") && said.contains("AGENTD_HOME") && said.lines().count() == 1,
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_home_is_served_through_a_short_socket() {
    let employer = employer(PracticeOptions::default()).await;
    let home = Home::practice(&employer);
    let deep = home.path().join("d".repeat(120));
    fs::create_dir(&deep).unwrap();
    let agentctl = |args: &[&str]| {
        std::process::Command::new(program("agentctl"))
            .env("AGENTD_BIN", program("agentd"))
            .arg("--home")
            .arg(&deep)
            .args(args)
            .output()
            .unwrap()
    };
    assert!(agentctl(&["start"]).status.success());
    assert!(agentctl(&["status"]).status.success());
    assert!(agentctl(&["stop"]).status.success());
    assert_eq!(
        agentctl(&["status"]).status.code(),
        Some(3),
        "it is not running any more"
    );
}

/// A disk that is really full: a small file system of our own, in a name space
/// of our own. Where the system does not let us mount one, this cannot be tried.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_stops_the_sync_and_loses_nothing() {
    let mountable = std::process::Command::new("unshare")
        .args([
            "--mount",
            "--map-root-user",
            "sh",
            "-c",
            "mount -t tmpfs -o size=1m none /mnt",
        ])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !mountable {
        eprintln!("skipped: this system lets us mount no file system to fill");
        return;
    }
    let employer = employer(PracticeOptions {
        bulk: Some(1000),
        ..PracticeOptions::default()
    })
    .await;
    let mark = tempfile::tempdir().unwrap();
    fs::write(mark.path().join("ca.pem"), &employer.ca_pem).unwrap();
    let boards: Vec<String> = employer
        .boards()
        .iter()
        .map(|board| board.url.clone())
        .collect();
    let script = include_str!("full_disk.sh");
    let output = std::process::Command::new("unshare")
        .args([
            "--mount",
            "--map-root-user",
            "bash",
            "-euo",
            "pipefail",
            "-c",
            script,
            "full_disk",
        ])
        .arg(program("agentd"))
        .arg(program("agentctl"))
        .arg(crate::harness::component("greenhouse.wasm"))
        .arg(crate::harness::component("lever.wasm"))
        .arg(sample_cv())
        .arg(mark.path().join("ca.pem"))
        .arg(employer.address.to_string())
        .args(&boards)
        .output()
        .unwrap();
    let (text, errors) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{text}\n{errors}");
    assert!(
        text.contains("refused with advice") && text.contains("nothing lost"),
        "{text}\n{errors}"
    );
}
