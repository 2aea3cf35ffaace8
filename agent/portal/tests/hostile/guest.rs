//! Components written by hand: a core module in text whose functions have the
//! contract's shapes, made a component by the contract's own world. So what a
//! compiler would never write stands right behind a proper front.

use std::path::Path;
use std::sync::LazyLock;

use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::{Record, Resolve, SizeAlign, TypeDefKind, WorldId};

/// Where the answer of `discover` lies: above what the host's arguments need.
pub(crate) const ANSWER: usize = 512 * 1024;
/// Free memory above it.
pub(crate) const FREE: usize = 640 * 1024;
/// The tag of a result takes this much before what it holds.
const TAG: usize = 4;

/// Memory for the host's arguments, never freed.
const BUMP: &str = "
    (local.set $at (global.get $free))
    (global.set $free (i32.and (i32.add (i32.add (local.get $at) (local.get $size))
                                        (i32.const 7)) (i32.const -8)))
    (local.get $at)";

/// What differs between them. Texts are in WebAssembly's text format.
pub(crate) struct Guest {
    /// Pages of memory at the start.
    pub(crate) pages: u32,
    /// Further functions, tables and data.
    pub(crate) items: String,
    /// Body of the function that gives the host memory for arguments.
    pub(crate) realloc: String,
    /// Body of `discover`; it has the locals `$n` and `$at`.
    pub(crate) discover: String,
    /// Body of what the host calls when it has read the answer of `discover`.
    pub(crate) post: String,
    pub(crate) encoding: StringEncoding,
}

impl Guest {
    pub(crate) fn discovering(body: impl Into<String>) -> Self {
        Self {
            pages: 16,
            items: String::new(),
            realloc: BUMP.to_owned(),
            discover: body.into(),
            post: String::new(),
            encoding: StringEncoding::UTF8,
        }
    }

    /// One that hands back an empty page.
    pub(crate) fn idle() -> Self {
        Self::discovering(answer(&[]))
    }

    pub(crate) fn with(mut self, items: &str) -> Self {
        self.items = items.to_owned();
        self
    }

    pub(crate) fn component(&self) -> Vec<u8> {
        let Self {
            pages,
            items,
            realloc,
            discover,
            post,
            encoding,
        } = self;
        let twelve = "i32 ".repeat(12);
        let nine = "i32 ".repeat(9);
        let text = format!(
            "(module
                (memory (export \"memory\") {pages})
                (global $free (mut i32) (i32.const 1024))
                {items}
                (func (export \"cabi_realloc\")
                    (param $old i32) (param $size i32) (param $align i32) (param $new i32)
                    (result i32) (local $at i32) {realloc})
                (func (export \"describe\") (result i32) unreachable)
                (func (export \"claim\") (param i32 i32) (result i32) unreachable)
                (func (export \"discover\") (param {twelve}) (result i32)
                    (local $n i32) (local $at i32) {discover})
                (func (export \"detail\") (param {nine}) (result i32) unreachable)
                (func (export \"form\") (param {nine}) (result i32) unreachable)
                (func (export \"cabi_post_discover\") (param i32) {post}))"
        );
        let mut module = wat::parse_str(&text).unwrap();
        let (resolve, world) = &CONTRACT.parsed;
        embed_component_metadata(&mut module, resolve, *world, *encoding, false).unwrap();
        let mut encoder = ComponentEncoder::default();
        encoder.module(&module).unwrap().encode().unwrap()
    }
}

struct Contract {
    parsed: (Resolve, WorldId),
    sizes: SizeAlign,
}

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    let mut resolve = Resolve::default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wit/portal/0.1");
    let (package, _) = resolve.push_dir(&folder).unwrap();
    let world = resolve.select_world(&[package], Some("portal")).unwrap();
    let mut sizes = SizeAlign::default();
    sizes.fill(&resolve).unwrap();
    Contract {
        parsed: (resolve, world),
        sizes,
    }
});

fn record(name: &str) -> &'static Record {
    let types = CONTRACT.parsed.0.types.iter();
    let mut records = types.filter(|(_, kind)| kind.name.as_deref() == Some(name));
    records
        .find_map(|(_, kind)| match &kind.kind {
            TypeDefKind::Record(record) => Some(record),
            _ => None,
        })
        .unwrap()
}

/// Where a field of a record lies in it.
pub(crate) fn field(of: &str, name: &str) -> usize {
    let fields = &record(of).fields;
    let at = fields.iter().position(|field| field.name == name).unwrap();
    let offsets = CONTRACT.sizes.field_offsets(fields.iter().map(|f| &f.ty));
    offsets[at].0.size_wasm32()
}

/// How much a record takes in a list.
pub(crate) fn size(of: &str) -> usize {
    let fields = record(of).fields.iter().map(|field| &field.ty);
    CONTRACT.sizes.record(fields).size.size_wasm32()
}

/// The instruction that puts a number at an address.
pub(crate) fn store(at: usize, number: usize) -> String {
    format!("(i32.store (i32.const {at}) (i32.const {number}))\n")
}

/// A body that answers with a page that is empty but for these lists, each with
/// its address and length.
pub(crate) fn answer(lists: &[(&str, usize, usize)]) -> String {
    let mut body = String::new();
    for (name, address, length) in lists {
        let at = ANSWER + TAG + field("page", name);
        body += &store(at, *address);
        body += &store(at + 4, *length);
    }
    body + &format!("(i32.const {ANSWER})")
}

/// A body that answers with one posting, of which this text field is given.
pub(crate) fn posting_with(name: &str, address: usize, length: usize) -> String {
    let at = FREE + field("posting", name);
    store(at, address) + &store(at + 4, length) + &answer(&[("postings", FREE, 1)])
}

/// The component with more of its own: `inner` made this many times with it.
/// Whatever it holds, its numbers for components begin anew within it.
pub(crate) fn nesting(component: &[u8], inner: &str, copies: u8) -> Vec<u8> {
    const COMPONENT: u8 = 4;
    const INSTANCES: u8 = 5;
    let mut bytes = component.to_vec();
    let inner = wat::parse_str(inner).unwrap();
    bytes.extend(section(COMPONENT, &inner));
    let mut instances = leb(copies.into());
    for _ in 0..copies {
        // An instance of the first component, without arguments.
        instances.extend([0, 0, 0]);
    }
    bytes.extend(section(INSTANCES, &instances));
    bytes
}

pub(crate) fn section(id: u8, content: &[u8]) -> Vec<u8> {
    let mut section = vec![id];
    section.extend(sized(content));
    section
}

pub(crate) fn sized(content: &[u8]) -> Vec<u8> {
    let mut sized = leb(content.len());
    sized.extend(content);
    sized
}

pub(crate) fn leb(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7f {
        bytes.push(0x80 | (number & 0x7f) as u8);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}
