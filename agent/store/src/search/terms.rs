//! The words a person typed, as FTS5 takes them.

/// More words than anyone means; the rest of a pasted page is not searched for.
const MAX_WORDS: usize = 32;

/// Fewest characters of a last word that also stands for longer words: `go`
/// means Go and not good, and short starts match half the corpus, slowly.
const MIN_PREFIX: usize = 3;

/// Words that carry no meaning of their own, in English, German and French. They
/// stand in nearly every posting, so what they find is chance.
const SMALL_WORDS: &str = "a an and are as at be by for from in into is it of on or that the this \
    to up with am auf aus bei das dem den der die ein eine für im ist mit oder und von zu zum zur \
    au aux avec dans de des du en est et la le les ou par pour sur un une";

/// The words of `text` as FTS5 strings, in which nothing is an operator; the
/// last one also stands for words that start with it, if it is long enough.
pub(super) fn terms(text: &str) -> Vec<String> {
    let typed: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .take(MAX_WORDS)
        .collect();
    let small = |word: &str| {
        SMALL_WORDS
            .split(' ')
            .any(|small| small == word.to_lowercase())
    };
    let mut words = typed.clone();
    words.retain(|word| !small(word));
    if words.is_empty() {
        words = typed;
    }
    let mut terms: Vec<String> = words
        .iter()
        .map(|word| format!("\"{}\"", word.replace('"', "\"\"")))
        .collect();
    if let (Some(term), Some(word)) = (terms.last_mut(), words.last())
        && word.chars().count() >= MIN_PREFIX
    {
        term.push('*');
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_words_become_quoted_terms() {
        let check = |typed: &str, expected: &[&str]| assert_eq!(terms(typed), expected, "{typed}");
        check("rust  engineer", &[r#""rust""#, r#""engineer"*"#]);
        check(r#"" NEAR 1=1 -- *()^:"#, &[r#""NEAR""#, r#""1=1"*"#]);
        check(r#"a"b"#, &[r#""a""b"*"#]);
        check("rust go", &[r#""rust""#, r#""go""#]);
        check("Up at the night", &[r#""night"*"#]);
        check("at the", &[r#""at""#, r#""the"*"#]);
        check(" -- * ", &[]);
        check("nul\0byte", &[r#""nul""#, r#""byte"*"#]);
    }
}
