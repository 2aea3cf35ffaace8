//! CVs that cannot be read: one line that names the file and what to do, and the
//! profile stays as it was.

use std::{fs, io::Write as _, path::PathBuf};

use crate::bad_input::with_cv;

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
        (file("rubbish.pdf", &rubbish()), 1, "damaged"),
        (file("half.txt", b"\xff\xfeN\0a\0m"), 1, "not text"),
        // More in it than it says, or than can be read.
        (file("bomb.docx", &word_bomb()), 1, "MiB"),
        (file("nested.pdf", &nested_pdf()), 1, "cannot be read"),
    ];
    for (path, code, says) in cases {
        let said = home.refused(&["init", path.to_str().unwrap()], code);
        assert!(
            said.to_lowercase().contains(&says.to_lowercase()),
            "{}: {said}",
            path.display()
        );
        let name = path.file_name().unwrap().to_string_lossy();
        assert!(said.contains(&*name), "{name} is not named: {said}");
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

/// Bytes without a meaning: a linear congruential sequence.
fn rubbish() -> Vec<u8> {
    let mut state = 7_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..20_000).map(|_| next()).collect()
}

/// A Word file of some kilobytes whose text is ninety megabytes long.
fn word_bomb() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("word/document.xml", options).unwrap();
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..90 {
        zip.write_all(&blanks).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20, "{}", bytes.len());
    bytes
}

/// A PDF whose catalogue has a hundred thousand lists within lists.
fn nested_pdf() -> Vec<u8> {
    let deep = 100_000;
    let nested = format!("{}{}", "[".repeat(deep), "]".repeat(deep));
    let objects = [
        format!("<< /Type /Catalog /Pages 2 0 R /Nested {nested} >>"),
        "<< /Type /Pages /Kids [2 0 R] /Count 1 >>".to_owned(),
    ];
    assemble(&objects, "")
}
