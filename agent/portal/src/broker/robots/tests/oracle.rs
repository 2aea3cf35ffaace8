//! Random files, read again slowly and by the book.

use super::*;

/// The same question answered slowly and by the book: every way to read the stars.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    match (pattern, path) {
        ([], _) | ([b'$'], []) => true,
        ([b'*', rest @ ..], path) => (0..=path.len()).any(|skip| matches(rest, &path[skip..])),
        ([first, rest @ ..], [next, path @ ..]) => first == next && matches(rest, path),
        ([_, ..], []) => false,
    }
}

fn random_path(chance: &mut fastrand::Rng, of: &str) -> String {
    let characters: Vec<char> = of.chars().collect();
    let rest = (0..chance.usize(..7)).map(|_| *chance.choice(&characters).unwrap());
    std::iter::once('/').chain(rest).collect()
}

#[test]
fn a_slow_and_simple_reader_comes_to_the_same_verdict_on_random_files() {
    let mut chance = fastrand::Rng::with_seed(2022);
    let mut forbidden = 0;
    for _ in 0..50_000 {
        let rules: Vec<(bool, String)> = (0..chance.usize(1..8))
            .map(|_| (chance.bool(), random_path(&mut chance, "abab**/$")))
            .collect();
        let path = random_path(&mut chance, "abab/");
        let mut file = "User-agent: *\n".to_owned();
        for (allow, pattern) in &rules {
            let key = if *allow { "Allow" } else { "Disallow" };
            file.push_str(&format!("{key}: {pattern}\n"));
        }
        let decides = rules
            .iter()
            .filter(|(_, pattern)| matches(pattern.as_bytes(), path.as_bytes()))
            .max_by_key(|(allow, pattern)| (pattern.len(), *allow));
        let expected = decides.is_none_or(|(allow, _)| *allow);
        assert_eq!(allows(&file, &path), expected, "{path} by\n{file}");
        forbidden += u32::from(!expected);
    }
    assert!((5_000..45_000).contains(&forbidden), "{forbidden}");
}
