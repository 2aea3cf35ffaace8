//! A component that is small and takes minutes and gigabytes to compile.

use std::time::{Duration, Instant};

use agent_portal::error::PluginError;
use agent_portal::limits::Limits;

use crate::support::{Bench, built};

/// What a bomb's one function is full of.
#[derive(Clone, Copy)]
enum Filling {
    /// Jumps to one end, each with a value: quadratic work for the compiler.
    Jumps,
    /// Calls: about a thousand times their size in the compiler's memory.
    Calls,
}

/// A component with one core module of one function of about `bytes` bytes.
fn bomb(filling: Filling, bytes: usize) -> Vec<u8> {
    let mut code = vec![1, 1, 0x7f]; // one local of type i32
    code.extend([0x02, 0x7f]); // block (result i32)
    while code.len() < bytes {
        match filling {
            Filling::Jumps => {
                code.extend([0x20, 0, 0x41, 5, 0x6c]); // local 0 times 5
                code.extend([0x22, 0, 0x20, 0]); // kept as local 0, on the stack twice
                code.extend([0x0d, 0, 0x1a]); // br_if 0, drop
            }
            Filling::Calls => code.extend([0x10, 0, 0x1a]), // call 0, drop
        }
    }
    code.extend([0x20, 0, 0x0b]); // local.get 0, end of block
    code.push(0x0b); // end of function
    let mut body = leb(1);
    body.extend(sized(&code));

    let mut module = b"\0asm\x01\0\0\0".to_vec();
    module.extend(section(1, &[1, 0x60, 0, 1, 0x7f])); // one type: () -> i32
    module.extend(section(3, &[1, 0])); // one function of it
    module.extend(section(10, &body));
    let mut component = b"\0asm\x0d\0\x01\0".to_vec();
    component.extend(section(1, &module));
    component
}

fn section(id: u8, content: &[u8]) -> Vec<u8> {
    let mut section = vec![id];
    section.extend(sized(content));
    section
}

fn sized(content: &[u8]) -> Vec<u8> {
    let mut sized = leb(content.len());
    sized.extend(content);
    sized
}

fn leb(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7f {
        bytes.push(0x80 | (number & 0x7f) as u8);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

/// Looks at a bomb of 3 MB under `limits`; an honest plugin beside it is looked
/// at meanwhile and afterwards, under the same limits.
async fn check(filling: Filling, limits: Limits, expected: &str) {
    let bench = Bench::new(limits);
    let file = bench.file(&bomb(filling, 3_000_000));
    let start = Instant::now();
    let lever = built("lever.wasm");
    let (error, beside) = tokio::join!(bench.host.inspect(&file), bench.host.inspect(&lever));
    let error = error.unwrap_err();
    let taken = start.elapsed();
    assert!(
        matches!(&error, PluginError::CompileLimit { limit } if limit.contains(expected)),
        "{error:?}"
    );
    assert!(taken < Duration::from_secs(30), "took {taken:?}");
    assert_eq!(beside.unwrap().manifest.id, "lever", "beside it");
    let after = bench.host.inspect(&lever).await.unwrap();
    assert_eq!(after.manifest.id, "lever", "afterwards");
}

#[tokio::test]
async fn p5_a_compile_bomb_ends_at_its_processor_time() {
    let limits = Limits {
        compile_cpu: Duration::from_secs(3),
        ..Limits::default()
    };
    check(Filling::Jumps, limits, "3s of processor time").await;
}

#[tokio::test]
async fn p5_a_compile_bomb_ends_at_its_memory() {
    let limits = Limits {
        address_space: 512 << 20,
        ..Limits::default()
    };
    check(Filling::Calls, limits, "512 MiB of memory").await;
}

#[tokio::test]
async fn a_small_one_is_no_bomb() {
    for filling in [Filling::Jumps, Filling::Calls] {
        let bench = Bench::new(Limits::default());
        let file = bench.file(&bomb(filling, 1000));
        let error = bench.host.inspect(&file).await.err();
        // It compiles, and is refused for another reason.
        assert!(
            matches!(error, Some(PluginError::WrongWorld { .. })),
            "{error:?}"
        );
    }
}
