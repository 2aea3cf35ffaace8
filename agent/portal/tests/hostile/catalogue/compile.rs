//! Files that are small and take minutes or gigabytes to compile.

use std::time::Duration;

use crate::attack::{Attack, Group};
use crate::ends::Ends;
use crate::guest::{leb, section, sized};

pub(super) fn attacks() -> Vec<Attack> {
    let file = |name, bytes, ends| {
        Attack::file(Group::Compile, name, bytes, ends).compiling(Duration::from_secs(1))
    };
    let processor = || Ends::CompileLimit("1s of processor time");
    vec![
        file(
            "a function of three megabytes",
            component(&[filled(Filling::Jumps, 3_000_000)]),
            processor(),
        ),
        file(
            "a function that needs a thousand times its size",
            component(&[filled(Filling::Calls, 3_000_000)]),
            Ends::CompileLimit("512 MiB of memory"),
        )
        .compiling(Duration::from_secs(20))
        .limited(|limits| limits.process_memory = 512 << 20),
        // The twins: small ones compile, and are refused for what they lack.
        file(
            "a function of a kilobyte",
            component(&[filled(Filling::Jumps, 1000)]),
            Ends::WrongWorld,
        ),
        file(
            "a function that calls three hundred times",
            component(&[filled(Filling::Calls, 1000)]),
            Ends::WrongWorld,
        ),
        file(
            "twenty thousand functions",
            component(&vec![filled(Filling::Jumps, 300); 20_000]),
            processor(),
        ),
        file(
            "ten thousand blocks in each other",
            component(&[nested_blocks(10_000)]),
            Ends::WrongWorld,
        )
        .compiling(Duration::from_secs(5)),
        file(
            "a table of four hundred thousand jumps",
            component(&[jump_table(400_000)]),
            Ends::NotAComponent("implementation limit"),
        ),
        file(
            "seven tables of sixty thousand jumps",
            component(&vec![jump_table(60_000); 7]),
            Ends::WrongWorld,
        )
        .compiling(Duration::from_secs(5)),
        file(
            "types within types",
            wat::parse_str(deep_types(20_000)).unwrap(),
            Ends::NotAComponent("damaged"),
        ),
        file(
            "sixty-four components within each other",
            wat::parse_str(format!("{}{}", "(component ".repeat(64), ")".repeat(64))).unwrap(),
            Ends::WrongWorld,
        ),
        file(
            "a component that doubles thirty times",
            wat::parse_str(doubling(30)).unwrap(),
            processor(),
        ),
    ]
}

/// What a function is full of.
#[derive(Clone, Copy)]
enum Filling {
    /// Jumps to one end, each with a value: quadratic work for the compiler.
    Jumps,
    /// Calls: about a thousand times their size in the compiler's memory.
    Calls,
}

/// The code of a function of about `bytes` bytes.
fn filled(filling: Filling, bytes: usize) -> Vec<u8> {
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
    code
}

fn nested_blocks(depth: usize) -> Vec<u8> {
    let mut code = vec![0]; // no locals
    code.extend([0x02, 0x40].repeat(depth)); // block
    code.extend(vec![0x0b; depth]); // end of block
    code.extend([0x41, 0, 0x0b]); // 0, end of function
    code
}

fn jump_table(targets: usize) -> Vec<u8> {
    let mut code = vec![1, 1, 0x7f]; // one local of type i32
    code.extend([0x02, 0x40, 0x20, 0, 0x0e]); // block, local 0, br_table
    code.extend(leb(targets));
    code.extend(vec![0; targets + 1]); // all to the end of the block
    code.extend([0x0b, 0x41, 0, 0x0b]); // end of block, 0, end of function
    code
}

/// A component with one core module of these functions, each without parameters
/// and with a number as its result.
fn component(functions: &[Vec<u8>]) -> Vec<u8> {
    let count = leb(functions.len());
    let mut types = count.clone();
    types.extend(vec![0; functions.len()]);
    let mut bodies = count;
    for code in functions {
        bodies.extend(sized(code));
    }
    let mut module = b"\0asm\x01\0\0\0".to_vec();
    module.extend(section(1, &[1, 0x60, 0, 1, 0x7f])); // one type: () -> i32
    module.extend(section(3, &types));
    module.extend(section(10, &bodies));
    let mut component = b"\0asm\x0d\0\x01\0".to_vec();
    component.extend(section(1, &module));
    component
}

/// A list of lists of lists, and so on.
fn deep_types(depth: usize) -> String {
    let mut text = "(component (type (list u8))\n".to_owned();
    for inner in 0..depth {
        text += &format!("(type (list {inner}))\n");
    }
    text + &format!("(export \"deep\" (type {depth})))")
}

/// Each component makes the one before it twice.
fn doubling(times: usize) -> String {
    let mut text =
        "(component (component $c0 (core module $m) (core instance (instantiate $m)))\n".to_owned();
    for inner in 0..times {
        let outer = inner + 1;
        text += &format!(
            "(component $c{outer} (instance (instantiate $c{inner})) (instance (instantiate $c{inner})))\n"
        );
    }
    text + &format!("(instance (instantiate $c{times})))")
}
