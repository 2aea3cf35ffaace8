//! What a page says of itself: its title, its site, its address, and the data
//! beside its text.

use html5gum::{HtmlString, StartTag, Token, Tokenizer};

use crate::text;

/// Longest page that is read, in bytes.
const MAX_BYTES: usize = 8 << 20;

/// Longest text kept of a title or heading, in bytes.
const MAX_WORDS: usize = 1_000;

/// The parts of a page that speak of it as a whole.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Contents of its JSON-LD scripts.
    pub(super) data: Vec<String>,
    /// Address it names as its own.
    pub(super) address: Option<String>,
    /// Name of its site.
    pub(super) site: Option<String>,
    heading: String,
    shared_title: Option<String>,
    title: String,
}

/// What the words read next belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Nothing,
    Title,
    Heading,
    Data,
}

impl Head {
    pub(super) fn of(content: &str) -> Self {
        let content = content
            .get(..content.floor_char_boundary(MAX_BYTES))
            .unwrap_or_default();
        let mut head = Self {
            address: saved_from(content),
            ..Self::default()
        };
        let mut within = Within::Nothing;
        for token in Tokenizer::new(content) {
            match token {
                Ok(Token::StartTag(tag)) => within = head.open(&tag, within),
                Ok(Token::String(words)) => head.write(&words, within),
                Ok(Token::EndTag(tag)) => {
                    let name = word(&tag.name);
                    let ends = match within {
                        Within::Nothing => false,
                        Within::Title => name == "title",
                        Within::Heading => name == "h1",
                        Within::Data => name == "script",
                    };
                    if ends {
                        within = Within::Nothing;
                    }
                }
                Ok(Token::Comment(_) | Token::Doctype(_) | Token::Error(_)) => {}
                // Reading from memory cannot fail.
                Err(never) => match never {},
            }
        }
        head
    }

    /// The heading of the page, or else what it is called elsewhere.
    pub(super) fn title(&self) -> Option<String> {
        let shared = self.shared_title.clone().unwrap_or_default();
        [&self.heading, &shared, &self.title]
            .into_iter()
            .map(|words| text::line(words))
            .find(|words| !words.is_empty())
    }

    fn open(&mut self, tag: &StartTag<()>, within: Within) -> Within {
        let stated = |attribute: &str| {
            tag.attributes
                .get(attribute.as_bytes())
                .map(|value| word(value))
        };
        match word(&tag.name).as_str() {
            "script" if stated("type").is_some_and(|kind| is_data(&kind)) => {
                self.data.push(String::new());
                Within::Data
            }
            "title" if self.title.is_empty() => Within::Title,
            "h1" if self.heading.trim().is_empty() => Within::Heading,
            "link" if stated("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.told_address(stated("href"));
                within
            }
            "meta" => {
                let name = stated("property").or_else(|| stated("name"));
                let content = stated("content").filter(|said| !said.trim().is_empty());
                match name.unwrap_or_default().to_ascii_lowercase().as_str() {
                    "og:title" => self.shared_title = content,
                    "og:site_name" => self.site = content.map(|said| text::line(&said)),
                    "og:url" => self.told_address(content),
                    _ => {}
                }
                within
            }
            _ => within,
        }
    }

    /// The first address told is kept: a browser's own mark, then the page's.
    fn told_address(&mut self, address: Option<String>) {
        let whole = address.filter(|address| address.starts_with("http"));
        self.address = self.address.take().or(whole);
    }

    fn write(&mut self, words: &HtmlString, within: Within) {
        let into = match within {
            Within::Nothing => return,
            Within::Title => &mut self.title,
            Within::Heading => &mut self.heading,
            Within::Data => {
                if let Some(data) = self.data.last_mut() {
                    data.push_str(&word(words));
                }
                return;
            }
        };
        if into.len() < MAX_WORDS {
            into.push_str(&word(words));
        }
    }
}

fn is_data(kind: &str) -> bool {
    let kind = kind.trim().to_ascii_lowercase();
    kind.starts_with("application/ld+json")
}

/// The address in the mark that browsers leave in a page they save.
fn saved_from(content: &str) -> Option<String> {
    let start = content.get(..content.floor_char_boundary(4096))?;
    let (_, rest) = start.split_once("saved from url=(")?;
    let (_, rest) = rest.split_once(')')?;
    let address = rest.split_whitespace().next()?;
    address.starts_with("http").then(|| address.to_owned())
}

fn word(bytes: &HtmlString) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
