//! A request that sends the form.
#![deny(clippy::indexing_slicing)]

use std::collections::BTreeSet;

use url::Url;

use super::{
    Place, WireBody, WireCheck, WireRefusal, WireRequest, address, approved,
    matching::assign,
    pairs::{self, BodyForm, Pair, PairValue, Pairs},
    protect::refuse_protected,
};
use crate::{digest::Sha256, snapshot::FormSnapshot};

pub(super) fn check(
    check: &WireCheck<'_>,
    request: &WireRequest<'_>,
    url: &Url,
) -> Result<(), WireRefusal> {
    address::check_path(check, url)?;
    let pairs = if request.method == "GET" {
        match request.body {
            WireBody::Unseen | WireBody::Whole(b"") | WireBody::WithoutFiles(b"") => {}
            WireBody::Whole(_) | WireBody::WithoutFiles(_) => {
                return Err(WireRefusal::BodyUnexpected);
            }
        }
        pairs::urlencoded(url.query().unwrap_or_default())?
    } else {
        address::check_query(check, url)?;
        pairs::read(request)?.ok_or_else(|| WireRefusal::BodyKind {
            content_type: request.content_type.map(str::to_owned),
        })?
    };
    let pages = approved::pages(check);
    let rest = unclaimed(check, pages, &pairs)?;
    for text in pairs.texts.iter().collect::<BTreeSet<_>>() {
        refuse_protected(check.protected, text, || Place::Name)?;
    }
    rest.into_iter().try_for_each(|pair| match &pair.value {
        PairValue::File { name, content } => refuse_file(pages, name, content),
        PairValue::Text(value) => extra(check, (pages, pairs.form), (&pair.name, value)),
    })
}

/// The pairs that no approved value has taken. Pairs that would be refused as
/// extras are taken first.
fn unclaimed<'a>(
    check: &WireCheck<'_>,
    pages: &[FormSnapshot],
    pairs: &'a Pairs,
) -> Result<Vec<&'a Pair>, WireRefusal> {
    let (required, optional): (Vec<_>, Vec<_>) = approved::claims(check, pages)?
        .into_iter()
        .partition(|claim| claim.required);
    let needs_claim = |at: usize| {
        let pair = pairs.list.get(at);
        pair.is_some_and(|pair| !is_hidden(check, pages, &pair.name))
    };
    let edges: Vec<_> = required.iter().map(|claim| claim.edges(pairs)).collect();
    let taken = assign(&edges, pairs.list.len(), needs_claim);
    if let Some((claim, _)) = required.iter().zip(&taken).find(|(_, pair)| pair.is_none()) {
        return Err(claim.missing(pairs));
    }
    let mut used: BTreeSet<usize> = taken.into_iter().flatten().collect();
    let edges: Vec<Vec<_>> = optional
        .iter()
        .map(|claim| {
            let mut edges = claim.edges(pairs);
            edges.retain(|pair| !used.contains(pair));
            edges
        })
        .collect();
    used.extend(
        assign(&edges, pairs.list.len(), needs_claim)
            .into_iter()
            .flatten(),
    );
    let all = pairs.list.iter().enumerate();
    Ok(all
        .filter(|(at, _)| !used.contains(at))
        .map(|(_, pair)| pair)
        .collect())
}

fn is_hidden(check: &WireCheck<'_>, pages: &[FormSnapshot], name: &str) -> bool {
    let is = |known: &String| known == name;
    check.hidden_names.iter().any(is)
        || pages.iter().any(|page| {
            page.volatile.iter().any(is) || page.pinned.iter().any(|pinned| is(&pinned.name))
        })
}

fn refuse_file(pages: &[FormSnapshot], name: &str, content: &[u8]) -> Result<(), WireRefusal> {
    if name.is_empty() && content.is_empty() {
        // A control for a file with none chosen.
        return Ok(());
    }
    let mut files = pages.iter().flat_map(|page| &page.files);
    let file = name.to_owned();
    Err(match files.find(|file| file.name == name) {
        Some(approved) if !approved::is_content(approved, content, true) => {
            WireRefusal::FileContent { file }
        }
        Some(_) | None => WireRefusal::OtherFile { file },
    })
}

/// A pair that carries no approved value.
fn extra(
    check: &WireCheck<'_>,
    (pages, form): (&[FormSnapshot], BodyForm),
    (name, value): (&str, &str),
) -> Result<(), WireRefusal> {
    if value.trim().is_empty() {
        return Ok(());
    }
    let mut pinned = pages
        .iter()
        .flat_map(|page| &page.pinned)
        .filter(|pinned| pinned.name == name)
        .peekable();
    if pinned.peek().is_some() {
        // It was the same at two loads, before anything of the person was there.
        let hashes =
            [value, &approved::with_line_feeds(value)].map(|text| Sha256::of(text.as_bytes()));
        return if pinned.any(|pinned| hashes.contains(&pinned.sha256)) {
            Ok(())
        } else {
            Err(WireRefusal::PinnedChanged {
                name: name.to_owned(),
            })
        };
    }
    match form {
        BodyForm::Json => {}
        BodyForm::Urlencoded | BodyForm::Multipart if is_hidden(check, pages, name) => {}
        BodyForm::Urlencoded | BodyForm::Multipart => {
            return Err(WireRefusal::Unapproved {
                name: name.to_owned(),
            });
        }
    }
    let place = || Place::Value(name.to_owned());
    refuse_protected(check.protected, value, place)?;
    let mut typed = approved::typed(check.manifest);
    match typed.find(|(_, text)| approved::same_text(text, value)) {
        Some((field, _)) => Err(WireRefusal::Repeated {
            field: field.to_owned(),
            place: place(),
        }),
        None => Ok(()),
    }
}
