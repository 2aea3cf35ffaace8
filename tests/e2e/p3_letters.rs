//! P3: a letter by a model says nothing the profile does not, or the template stands.

use std::{
    fs,
    io::Write as _,
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use agent_approval::{Manifest, Source, Value as Held};
use practice::{OpeningInfo, PracticeOptions};
use serde_json::{Value, json};

use crate::harness::{
    Home, employer,
    forms::Forms,
    model_server::{Asked, ModelServer, Says},
    program,
};

const LETTER: &str = "Cover Letter";

/// A letter of the scripted model: its middle is a lie, or is not.
fn letter(asked: &Asked, lies: bool) -> Says {
    if !asked.system.contains("cover letter") {
        return Says::Status(500, "this server writes letters alone");
    }
    let middle = match lies {
        true => "At Google I led a team of 12 engineers and won the innovation award.",
        false => {
            "At Kranich Logistics I own the shipment event pipeline, with services written in Rust and stored in PostgreSQL."
        }
    };
    let paragraph = |text: &str| json!({"facts": [], "text": text});
    Says::json(&json!({
        "paragraphs": [
            paragraph(middle),
            paragraph("I built the ledger service of a payment provider in Go."),
        ],
    }))
}

/// An opening whose form takes a letter as text.
fn with_letter(forms: &Forms) -> OpeningInfo {
    let found = forms.listed().into_iter().find(|opening| {
        let takes = opening.optional.iter().any(|label| label == LETTER);
        let stops = opening
            .required
            .iter()
            .any(|label| label.contains("I confirm that I wrote"));
        takes && !stops
    });
    found.expect("a form takes a letter")
}

/// How often a letter was asked for.
fn letters_asked(server: &ModelServer) -> usize {
    let asked = server.asked();
    asked
        .iter()
        .filter(|asked| asked.system.contains("cover letter"))
        .count()
}

fn manifest(home: &Home, id: &str) -> Manifest {
    Manifest::decode(&home.manifest(id)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn p3_an_honest_letter_goes_along_and_a_lying_model_leaves_the_template() {
    let lies = Arc::new(AtomicBool::new(true));
    let told = Arc::clone(&lies);
    let server = ModelServer::start(move |asked| letter(asked, told.load(Ordering::SeqCst))).await;
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::that_read(&employer).await;
    let config = format!(
        "[models]\nembeddings = \"built-in\"\nchat = \"scripted\"\nollama = \"{}\"\n",
        server.host()
    );
    fs::write(home.path().join("config.toml"), config).unwrap();
    home.start();
    let forms = Forms { home, employer };
    let home = &forms.home;
    let opening = with_letter(&forms);
    let job = home.job(&opening);

    // The model lies and is asked twice more; then the template stands, and says so.
    let made = home.json(&["documents", "make", &job]);
    assert_eq!(made["written_by"], "template", "{made}");
    assert_eq!(letters_asked(&server), 3, "asked again twice");
    assert_eq!(made["refused"].as_array().unwrap().len(), 3, "{made}");
    let refused = made["refused"][0].to_string();
    for lie in ["google", "12", "award"] {
        assert!(refused.to_lowercase().contains(lie), "{lie}: {refused}");
    }
    assert!(
        made["note"]
            .as_str()
            .unwrap()
            .starts_with("written from the template"),
        "{made}"
    );
    let text = made["text"].as_str().unwrap();
    assert!(
        text.contains(&opening.title) && !text.contains("Google"),
        "{text}"
    );
    let shown = home.ctl(&["documents", "show", made["id"].as_str().unwrap()]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(
        shown.contains("the template") && shown.contains("refused"),
        "{shown}"
    );

    // An honest one stands as the model wrote it, with where each claim stands.
    lies.store(false, Ordering::SeqCst);
    let made = home.json(&["documents", "make", &job]);
    assert_eq!(made["written_by"], "scripted:latest", "{made}");
    let claims = made["claims"].as_array().unwrap();
    let rust = claims
        .iter()
        .find(|claim| claim["words"] == "Rust")
        .unwrap();
    assert_eq!(rust["rests_on"], "profile", "{rust}");
    let calls = letters_asked(&server);
    let again = home.json(&["documents", "make", &job]);
    assert_eq!(
        (&again["id"], letters_asked(&server)),
        (&made["id"], calls),
        "the same letter"
    );

    // It goes along where the form takes it, as drafted, and nothing was sent.
    let id = forms.prepared(&opening);
    let manifest = manifest(home, &id);
    let field = manifest
        .snapshots
        .iter()
        .flat_map(|page| &page.fields)
        .find(|field| field.name == LETTER);
    let field = field.expect("the form has the field");
    assert_eq!(field.source, Source::Drafted, "{field:?}");
    match &field.value {
        Held::Text(text) => assert!(text.contains("shipment event pipeline"), "{text}"),
        Held::File(name) => assert!(name.ends_with(".pdf"), "{name}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(forms.posts(), 0, "nothing was sent");
    forms.sent_once(&id, &opening);
}

/// The words of a PDF, by the daemon's own reader.
fn words_of(pdf: &[u8]) -> String {
    let mut reader = Command::new(program("agentd"))
        .args(["read-document", "pdf"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    reader.stdin.take().unwrap().write_all(pdf).unwrap();
    let read = reader.wait_with_output().unwrap();
    assert!(read.status.success(), "{read:?}");
    String::from_utf8(read.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_are_made_exported_and_read_back_without_a_model() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::that_read(&employer).await;
    let config = "[models]\nembeddings = \"built-in\"\nchat = \"off\"\n";
    fs::write(home.path().join("config.toml"), config).unwrap();
    home.start();
    let posting = home.path().join("posting.txt");
    fs::write(&posting, "Entwicklerin für Lagerlogistik\nWir suchen für unser Team in Köln eine Person, die Rust und Kafka mit uns einsetzt. Das ist eine Stelle mit vielen Freiheiten.\u{1b}[2J").unwrap();
    let posting = posting.to_str().unwrap();
    let make = [
        "documents",
        "make",
        "--text",
        posting,
        "--employer",
        "Möwe & <Söhne>",
        "--emphasise",
        "Kafka",
    ];
    let made = home.json(&make);
    assert_eq!(
        (&made["written_by"], &made["language"]),
        (&json!("template"), &json!("de")),
        "{made}"
    );
    let text = made["text"].as_str().unwrap().to_owned();
    assert!(
        text.contains("„Entwicklerin für Lagerlogistik“ bei Möwe & <Söhne>"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'), "{text}");
    assert_eq!(home.json(&make)["id"], made["id"], "the same letter");
    let refused = home.refused(
        &[
            "documents",
            "make",
            "--text",
            posting,
            "--emphasise",
            "Falconry",
        ],
        1,
    );
    assert!(
        refused.contains("not among the skills") && refused.contains("agentctl profile"),
        "{refused}"
    );

    // Markdown is the text itself; the PDF is its words, whatever letters they have.
    let id = made["id"].as_str().unwrap();
    let (md, pdf) = (
        home.path().join("letter.md"),
        home.path().join("letter.pdf"),
    );
    let export = |format: &str, out: &std::path::Path| -> Value {
        home.json(&[
            "documents",
            "export",
            &id[..8],
            "--format",
            format,
            "--out",
            out.to_str().unwrap(),
        ])
    };
    export("md", &md);
    assert_eq!(fs::read_to_string(&md).unwrap(), text);
    export("pdf", &pdf);
    let bytes = fs::read(&pdf).unwrap();
    let read = words_of(&bytes);
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in text.lines().filter(|line| !line.is_empty()) {
        assert!(folded(&read).contains(&folded(line)), "{line}\n{read}");
    }
    // It is printed once: the same bytes come again.
    let second = home.path().join("again.pdf");
    export("pdf", &second);
    assert_eq!(fs::read(&second).unwrap(), bytes);
    assert!(
        home.json(&["documents", "list"])["documents"][0]["printed"]
            .as_bool()
            .unwrap()
    );
}
