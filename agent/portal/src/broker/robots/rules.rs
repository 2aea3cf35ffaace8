//! The rules a robots.txt has for one product token (RFC 9309, section 2.2).
#![deny(clippy::indexing_slicing)]

use std::time::Duration;

use super::pattern::{Path, Pattern};

/// What of a file is read; RFC 9309 asks for at least 500 KiB.
pub(super) const READ: usize = 512 * 1024;

/// Longest line that is looked at.
const LINE: usize = 8 * 1024;

/// Longest `Crawl-delay` told apart: more is as good as never.
const LONGEST_DELAY: f64 = 1e9;

/// What a site asks of us.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in super::super) struct Rules {
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

#[derive(Debug, Clone, PartialEq)]
struct Rule {
    allow: bool,
    pattern: Pattern,
}

/// Whom a group is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    Us,
    All,
    Others,
}

/// Whom the lines at hand are for, and whether they have begun: a name after them
/// starts another group.
#[derive(Debug, Default)]
struct Group {
    us: bool,
    all: bool,
    begun: bool,
}

impl Group {
    fn add(&mut self, whom: For) {
        if self.begun {
            *self = Self::default();
        }
        match whom {
            For::Us => self.us = true,
            For::All => self.all = true,
            For::Others => {}
        }
    }
}

impl Rules {
    /// Reads a file for a crawler that calls itself `product`.
    pub(in super::super) fn parse(file: &[u8], product: &str) -> Self {
        let file = file.get(..READ).unwrap_or(file);
        let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
        let (mut ours, mut everyones) = (Self::default(), Self::default());
        let mut named = false;
        let (mut group, mut delayed) = (Group::default(), Group::default());
        for line in file.split(|byte| matches!(byte, b'\n' | b'\r')) {
            let Some((key, value)) = record(line) else {
                continue;
            };
            match Key::of(key) {
                Key::Agent => {
                    let whom = whom(value, product);
                    named |= whom == For::Us;
                    group.add(whom);
                    delayed.add(whom);
                }
                Key::Rule { allow } => {
                    (group.begun, delayed.begun) = (true, true);
                    // An empty rule says nothing.
                    if value.is_empty() || !(group.us || group.all) {
                        continue;
                    }
                    let pattern = Pattern::new(value);
                    let rule = Rule { allow, pattern };
                    if group.us {
                        ours.rules.push(rule.clone());
                    }
                    if group.all {
                        everyones.rules.push(rule);
                    }
                }
                // Not of the RFC, so it ends a group for nothing but itself.
                Key::Delay => {
                    delayed.begun = true;
                    let delay = seconds(value);
                    if delayed.us {
                        ours.delay = ours.delay.max(delay);
                    }
                    if delayed.all {
                        everyones.delay = everyones.delay.max(delay);
                    }
                }
                Key::Other => {}
            }
        }
        if named { ours } else { everyones }
    }

    /// Whether `path`, with its query, may be asked for. The longest pattern
    /// decides; of two as long, the one that allows.
    pub(in super::super) fn allow(&self, path: &str) -> bool {
        if path == "/robots.txt" {
            return true;
        }
        let path = Path::new(path);
        let decides = self
            .rules
            .iter()
            .filter(|rule| rule.pattern.covers(&path))
            .max_by_key(|rule| (rule.pattern.length, rule.allow));
        decides.is_none_or(|rule| rule.allow)
    }

    /// The pause between requests it asks for.
    pub(in super::super) fn delay(&self) -> Option<Duration> {
        self.delay
    }
}

enum Key {
    Agent,
    Rule { allow: bool },
    Delay,
    Other,
}

impl Key {
    /// Also in spellings that are seen often enough to be meant.
    fn of(text: &[u8]) -> Self {
        let text = text.to_ascii_lowercase();
        match text.as_slice() {
            b"user-agent" | b"useragent" | b"user agent" => Self::Agent,
            b"allow" => Self::Rule { allow: true },
            b"disallow" | b"dissallow" | b"dissalow" | b"disalow" | b"diasllow" | b"disallaw" => {
                Self::Rule { allow: false }
            }
            b"crawl-delay" | b"crawldelay" | b"crawl delay" => Self::Delay,
            _ => Self::Other,
        }
    }
}

/// Key and value of a line, its comment left out. A blank stands for a forgotten
/// colon where exactly two words are on the line.
fn record(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = line.get(..LINE).unwrap_or(line);
    let line = line.split(|byte| *byte == b'#').next()?.trim_ascii();
    let mut parts = line.splitn(2, |byte| *byte == b':');
    if let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        return Some((key.trim_ascii(), value.trim_ascii()));
    }
    let mut words = line
        .split(|byte| matches!(byte, b' ' | b'\t'))
        .filter(|word| !word.is_empty());
    match (words.next(), words.next(), words.next()) {
        (Some(key), Some(value), None) => Some((key, value)),
        _ => None,
    }
}

/// A product token is letters, `-` and `_`; what follows it, such as a version,
/// is not compared.
fn whom(value: &[u8], product: &str) -> For {
    if let Some(after) = value.strip_prefix(b"*")
        && after.first().is_none_or(u8::is_ascii_whitespace)
    {
        return For::All;
    }
    let length = value
        .iter()
        .position(|byte| !byte.is_ascii_alphabetic() && !matches!(byte, b'-' | b'_'))
        .unwrap_or(value.len());
    let token = value.get(..length).unwrap_or_default();
    if token.eq_ignore_ascii_case(product.as_bytes()) {
        For::Us
    } else {
        For::Others
    }
}

fn seconds(value: &[u8]) -> Option<Duration> {
    let seconds: f64 = std::str::from_utf8(value).ok()?.parse().ok()?;
    (seconds >= 0.0).then(|| Duration::from_secs_f64(seconds.min(LONGEST_DELAY)))
}
