//! What waits, as a table, and for programs.

use agent_api::v1::{ApplicationRow, ReviewDifference};
use agent_approval::Manifest;
use serde::Serialize;

use super::item::{Group, Item};
use crate::moment::Clock;
use crate::screen::{BOLD, Column, DIM, Note, Screen, Span, Table, WARN};
use crate::text::count;

/// One item for programs, without what would be sent.
#[derive(Serialize)]
pub(super) struct Brief<'a> {
    #[serde(flatten)]
    row: &'a ApplicationRow,
    digest: String,
    prepared: Option<String>,
    fields: usize,
    drafted: usize,
    differences: &'a [ReviewDifference],
}

/// One item for programs, with what would be sent, as decoded from the bytes.
#[derive(Serialize)]
pub(super) struct Full<'a> {
    #[serde(flatten)]
    brief: Brief<'a>,
    manifest: &'a Manifest,
    /// The order of the review: number from 1 in the form, and its heading.
    order: Vec<Place>,
    screenshot_bytes: usize,
}

#[derive(Serialize)]
struct Place {
    number: usize,
    group: Group,
}

#[derive(Serialize)]
pub(super) struct Queue<'a> {
    reviews: Vec<Brief<'a>>,
}

/// The queue for programs.
pub(super) fn json(items: &[Item]) -> Queue<'_> {
    Queue {
        reviews: items.iter().map(brief).collect(),
    }
}

/// One item for programs.
pub(super) fn full(item: &Item) -> Full<'_> {
    let fields = item.fields();
    let of = |wanted: Group| fields.iter().filter(move |field| field.group() == wanted);
    let groups = [Group::Yours, Group::Drafted, Group::Rest, Group::Empty];
    Full {
        brief: brief(item),
        manifest: &item.manifest,
        order: groups
            .into_iter()
            .flat_map(|group| {
                of(group).map(move |field| Place {
                    number: field.number,
                    group,
                })
            })
            .collect(),
        screenshot_bytes: item.screenshot.len(),
    }
}

fn brief(item: &Item) -> Brief<'_> {
    let fields = item.fields();
    Brief {
        row: &item.row,
        digest: item.digest.to_string(),
        prepared: item.prepared.as_ref().map(ToString::to_string),
        drafted: fields
            .iter()
            .filter(|field| field.group() == Group::Drafted)
            .count(),
        fields: fields.len(),
        differences: &item.differences,
    }
}

/// The queue as a table.
pub(super) fn draw(items: &[Item], screen: &mut Screen, clock: &Clock) {
    if items.is_empty() {
        screen.line(["Nothing waits for your review.".into()]);
        screen.next("agentctl prepare JOB   (fills the form of an opening; nothing is sent)");
        return;
    }
    let mut table = Table::new([
        ("#", Column::Right),
        ("opening", Column::Main),
        ("employer", Column::Cut),
        ("answers", Column::Right),
        ("by a model", Column::Right),
        ("waits until", Column::Left),
        ("id", Column::Left),
    ]);
    for (item, number) in items.iter().zip(1..) {
        let brief = brief(item);
        let drafted = match brief.drafted {
            0 => Span::new("none", DIM),
            drafted => Span::new(drafted.to_string(), WARN),
        };
        let changed = match item.differences.len() as u64 {
            0 => String::new(),
            changed => format!("{} since your last review", count(changed, "change")),
        };
        let cells = [
            number.to_string().into(),
            Span::new(&item.manifest.title, BOLD),
            (&item.manifest.employer).into(),
            brief.fields.to_string().into(),
            drafted,
            clock.time(item.row.expires.as_ref()).into(),
            Span::new(&item.row.short_id, DIM),
        ];
        table.row_with_notes(cells, [Note::Cut(Span::new(changed, WARN))]);
    }
    screen.table(&table);
    screen.blank();
    screen.line(["Nothing of this has been sent.".into()]);
    screen.next("agentctl review   (one after the other)");
}
