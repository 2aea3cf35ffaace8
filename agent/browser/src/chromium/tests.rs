//! What changes a snapshot, on one page written anew a thousand times.

use std::net::SocketAddr;

use agent_approval::{FormSnapshot, Value};
use agent_core::form::{Confirmation, Encoding, Recipe};
use serde_json::json;

use super::{
    arguments::Mode,
    launch::{Processes, Start, launch},
    programs,
};
use crate::{
    devtools::Client,
    form::{
        page::Page,
        read::{Reading, read},
        snapshot::{Hidden, Making},
    },
};

/// A page whose markup differs each time while a person sees the same.
#[derive(Clone)]
struct Form {
    /// Seeds everything nobody sees.
    seed: u64,
    labels: [&'static str; 3],
    options: Vec<&'static str>,
    boxes: [&'static str; 2],
    required: bool,
    action: &'static str,
    posting: &'static str,
    extra: &'static str,
    text: &'static str,
}

impl Form {
    fn new() -> Self {
        Self {
            seed: 0,
            labels: ["First name", "Why us?", "Which city?"],
            options: vec!["Berlin", "Lyon"],
            boxes: ["Yes", "No"],
            required: true,
            action: "https://jobs.example/apply",
            posting: "17",
            extra: "",
            text: "",
        }
    }

    /// A number below `limit`, another for each `what` and seed.
    fn random(&self, what: u64, limit: u64) -> u64 {
        let mut state = self.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)
            ^ what.wrapping_mul(0xd1b5_4a32_d192_ed03);
        state ^= state >> 29;
        state = state.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (state >> 33) % limit
    }

    /// Attributes in an order of the seed's, with noise among them.
    fn attributes(&self, what: u64, given: &[(&str, &str)]) -> String {
        let noise = format!("n{}", self.random(what + 1, 1_000_000));
        let mut all = given.to_vec();
        all.extend([
            ("class", noise.as_str()),
            ("data-key", noise.as_str()),
            ("nonce", noise.as_str()),
        ]);
        let by = usize::try_from(self.random(what + 2, 97)).unwrap();
        let length = all.len();
        all.rotate_left(by % length);
        all.iter()
            .map(|(name, value)| format!(" {name}=\"{value}\""))
            .collect()
    }

    fn html(&self) -> String {
        let id = |what: u64| format!("f{}-{what}", self.random(what, 1_000_000));
        let [first, why, city] = self.labels;
        let (one, two, three) = (id(1), id(2), id(3));
        let mut text = vec![
            ("id", one.as_str()),
            ("name", "first"),
            ("type", "text"),
            ("value", self.text),
        ];
        if self.required {
            text.push(("required", "required"));
        }
        let options: String = self
            .options
            .iter()
            .map(|option| {
                format!(
                    "<option{}>{option}</option>",
                    self.attributes(40, &[("value", option)])
                )
            })
            .collect();
        let boxes: String = self
            .boxes
            .iter()
            .map(|text| {
                let attributes =
                    self.attributes(50, &[("type", "radio"), ("name", "sure"), ("value", text)]);
                format!("<label><input{attributes}> {text}</label>")
            })
            .collect();
        let token = self.random(60, 1_000_000).to_string();
        let mut scripts = [
            "<script>window.one = 1;</script>",
            "<script>window.two = 2;</script>",
        ];
        scripts.rotate_left(usize::try_from(self.random(70, 2)).unwrap());
        let space = " ".repeat(usize::try_from(self.random(80, 5)).unwrap());
        format!(
            "<!doctype html>{}<form{}>{space}<label for=\"{one}\">{first}</label><input{}>\
             <p><label for=\"{two}\">{why}</label>{space}<textarea{}></textarea>\
             <label for=\"{three}\">{city}</label><select{}>{options}</select>\
             <fieldset><legend>Are you sure?</legend>{boxes}</fieldset>\
             <input{}><input{}><div style=\"position:absolute;left:-9999px\"><input{}></div>{}\
             {}<button>Send</button></form>",
            scripts.concat(),
            self.attributes(
                10,
                &[("id", "apply"), ("method", "post"), ("action", self.action)]
            ),
            self.attributes(20, &text),
            self.attributes(25, &[("id", &two), ("name", "why")]),
            self.attributes(30, &[("id", &three), ("name", "city")]),
            self.attributes(
                90,
                &[("type", "hidden"), ("name", "token"), ("value", &token)]
            ),
            self.attributes(
                95,
                &[
                    ("type", "hidden"),
                    ("name", "posting"),
                    ("value", self.posting)
                ]
            ),
            self.attributes(99, &[("type", "text"), ("name", "trap")]),
            self.extra,
            scripts.concat(),
        )
    }
}

fn recipe() -> Recipe {
    Recipe {
        url: "https://jobs.example/apply".to_owned(),
        query_keys: Vec::new(),
        form: "form".to_owned(),
        submit: "form button".to_owned(),
        method: "POST".to_owned(),
        action: "https://jobs.example/apply".to_owned(),
        encoding: Encoding::Urlencoded,
        page_hosts: Vec::new(),
        helper_hosts: Vec::new(),
        questions: Vec::new(),
        uploads: Vec::new(),
        confirmation: Confirmation::default(),
        refusal: ".error".to_owned(),
        by_hand: None,
    }
}

/// Something a person would call different.
type Change = fn(&mut Form);

struct Written {
    page: Page,
    frame: String,
    processes: Processes,
    _folder: tempfile::TempDir,
}

impl Written {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("session");
        std::fs::create_dir(&dir).unwrap();
        let programs = programs::find(None, None).await.unwrap();
        // Nobody listens there: the page needs nothing.
        let proxy = SocketAddr::from(([127, 0, 0, 1], 9));
        let start = Start {
            programs: &programs,
            mode: Mode::Practice,
            proxy,
            dir: &dir,
        };
        let processes = launch(start).await.unwrap();
        let client = Client::connect(&processes.devtools).await.unwrap();
        let page = Page::attach(&client).await.unwrap();
        let tree = page.command("Page.getFrameTree", json!({})).await.unwrap();
        let frame = tree["frameTree"]["frame"]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        Self {
            page,
            frame,
            processes,
            _folder: folder,
        }
    }

    async fn read(&mut self, form: &Form) -> Reading {
        let content = json!({"frameId": self.frame, "html": form.html()});
        self.page
            .command("Page.setDocumentContent", content)
            .await
            .unwrap();
        read(&mut self.page, &recipe()).await.unwrap()
    }

    async fn snapshot(&mut self, form: &Form, hidden: &Hidden) -> FormSnapshot {
        let reading = self.read(form).await;
        Making {
            recipe: &recipe(),
            reading: &reading,
            hidden,
            plans: &[],
        }
        .snapshot()
        .unwrap()
    }
}

#[tokio::test]
async fn p1_a_thousand_irrelevant_changes_are_none_and_each_relevant_one_is_seen() {
    let mut written = Written::start().await;
    let base = Form::new();
    let first = written.read(&base).await;
    let second = written
        .read(&Form {
            seed: 1,
            ..base.clone()
        })
        .await;
    let hidden = Hidden::of(&first, &second);
    let reviewed = written.snapshot(&base, &hidden).await;
    let names: Vec<_> = reviewed
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["First name", "Why us?", "Which city?", "Are you sure?"]
    );
    assert_eq!(reviewed.volatile, ["token"]);
    let pinned: Vec<_> = reviewed
        .pinned
        .iter()
        .map(|pinned| pinned.name.as_str())
        .collect();
    assert_eq!(pinned, ["posting", "trap"]);

    for seed in 2..1002 {
        let now = written
            .snapshot(
                &Form {
                    seed,
                    ..base.clone()
                },
                &hidden,
            )
            .await;
        assert_eq!(reviewed.differences(&now), [], "seed {seed}");
        assert_eq!(reviewed, now, "seed {seed}");
    }

    let relevant: [(&str, Change); 12] = [
        ("a label", |form| form.labels[0] = "Given name"),
        ("two labels exchanged", |form| form.labels.swap(0, 1)),
        ("an option's text", |form| form.options[1] = "Paris"),
        ("an option gone", |form| form.options.truncate(1)),
        ("an option more", |form| form.options.push("Rome")),
        ("a box's text", |form| form.boxes[0] = "Maybe"),
        ("what is required", |form| form.required = false),
        ("the path it goes to", |form| {
            form.action = "https://jobs.example/other"
        }),
        ("the host it goes to", |form| {
            form.action = "https://other.example/apply"
        }),
        ("a hidden value", |form| form.posting = "18"),
        ("a field more", |form| {
            form.extra = "<label>Age <input name=age></label>"
        }),
        ("a value", |form| form.text = "Ada"),
    ];
    for (what, change) in relevant {
        let mut changed = base.clone();
        change(&mut changed);
        let now = written.snapshot(&changed, &hidden).await;
        assert_ne!(reviewed.differences(&now), [], "{what} was not seen");
        assert_ne!(reviewed, now, "{what}");
    }
    written.processes.close().await;
}

#[tokio::test]
async fn what_nobody_sees_is_no_field_and_every_visible_shape_of_a_control_is_one() {
    let mut written = Written::start().await;
    let hidden = Hidden::default();
    let extra = "<div style='display:none'><input name=h1 value=a></div>\
        <input name=h2 style='opacity:0'><div style='height:0;overflow:hidden'><input name=h3></div>\
        <input name=h4 tabindex=-1 aria-hidden=true><input name=h5 readonly value=b>\
        <label style='position:absolute;left:-5000px'>Leave this <input name=h6></label>\
        <div><h4>Portfolio</h4><button type=button>Choose</button><input type=file name=v1 style='display:none'></div>\
        <label><input type=checkbox name=v2 style='opacity:0;width:0'> I agree</label>\
        <div id=host></div><script>host.attachShadow({mode:'open'}).innerHTML=\
        '<label>Within <input name=v3></label>'</script>\
        <label>Born <input type=date name=v4 value=2001-02-03></label>";
    let snapshot = written
        .snapshot(
            &Form {
                extra,
                ..Form::new()
            },
            &hidden,
        )
        .await;
    let added: Vec<_> = snapshot
        .fields
        .iter()
        .skip(4)
        .map(|field| (field.name.as_str(), field.value.clone()))
        .collect();
    assert_eq!(
        added,
        [
            ("Portfolio", Value::Empty),
            ("I agree", Value::Ticked(false)),
            ("Within", Value::Empty),
            ("Born", Value::Text("2001-02-03".to_owned())),
        ]
    );
    let kept: Vec<_> = snapshot
        .pinned
        .iter()
        .map(|pinned| pinned.name.as_str())
        .collect();
    assert_eq!(
        kept,
        [
            "h1", "h2", "h3", "h4", "h5", "h6", "posting", "token", "trap"
        ]
    );
    written.processes.close().await;
}
