//! How components are compiled, and which are not run at all.

use std::path::Path;

use wasmtime::component::{Component, Linker};
use wasmtime::{Cache, CacheConfig, Config, Engine, OptLevel};

use super::contract::{Portal, PortalPre};
use super::guest::Guest;
use crate::frame::Failure;
use crate::limits::Limits;

/// The package every import must be of.
const PACKAGE: &str = "jobagent:portal/";
/// Its interfaces a component may import, and the version they must have.
const INTERFACES: [&str; 4] = ["forms", "http", "log", "types"];
const SERIES: &str = "0.1.";

/// A compiled component that imports nothing but the contract and exports all of it.
pub(super) struct Loaded {
    pub(super) engine: Engine,
    pub(super) portal: PortalPre<Guest>,
    pub(super) imports: Vec<String>,
}

/// An engine that knows only what a plain guest uses. It counts no instructions and
/// looks at no clock, which took as long as the guests' own work: a call that does
/// not end is ended with this process, by the kernel or the daemon.
pub(super) fn new(limits: &Limits, cache: &Path) -> wasmtime::Result<Engine> {
    let mut config = Config::new();
    config
        .max_wasm_stack(limits.stack)
        .cranelift_opt_level(OptLevel::Speed)
        // Each of these has had its own holes; no plugin needs them. Threads, GC,
        // exceptions and async components are not even built in.
        .wasm_memory64(false)
        .wasm_multi_memory(false)
        .wasm_tail_call(false)
        .wasm_relaxed_simd(false)
        .wasm_custom_page_sizes(false)
        .wasm_wide_arithmetic(false);
    let mut store = CacheConfig::new();
    store.with_directory(cache);
    config.cache(Some(Cache::new(store)?));
    Engine::new(&config)
}

/// Compiles `bytes`, or takes the compiled code from the cache, and checks what
/// it imports and exports. Nothing of it has run after that.
pub(super) fn load(engine: &Engine, bytes: &[u8]) -> Result<Loaded, Failure> {
    let component = Component::new(engine, bytes).map_err(|error| Failure::NotAComponent {
        found: format!("a component that is damaged or uses what is switched off ({error:#})"),
    })?;
    let kind = component.component_type();
    let imports: Vec<String> = kind
        .imports(engine)
        .map(|(name, _)| name.to_owned())
        .collect();
    if let Some(name) = imports.iter().find(|name| !is_ours(name)) {
        return Err(Failure::ForeignImport { name: name.clone() });
    }
    let portal = link(engine, &component).map_err(|error| Failure::WrongWorld {
        why: format!("{error:#}"),
    })?;
    Ok(Loaded {
        engine: engine.clone(),
        portal,
        imports,
    })
}

fn link(engine: &Engine, component: &Component) -> wasmtime::Result<PortalPre<Guest>> {
    let mut linker = Linker::new(engine);
    Portal::add_to_linker::<_, wasmtime::component::HasSelf<Guest>>(&mut linker, |guest| guest)?;
    PortalPre::new(linker.instantiate_pre(component)?)
}

fn is_ours(import: &str) -> bool {
    import
        .strip_prefix(PACKAGE)
        .and_then(|rest| rest.split_once('@'))
        .is_some_and(|(name, version)| INTERFACES.contains(&name) && version.starts_with(SERIES))
}
