//! How likely each tag and each step is under a linear chain (forward-backward
//! in logarithms).

use agent_core::skill::tagger::TAGS;

/// Scores of steps while training; the last row is the start of the sentence.
pub(crate) type Steps = [[f32; TAGS]; TAGS + 1];

const START: usize = TAGS;
const OUT: usize = 0;
const INSIDE: usize = 2;

/// The likelihood of each tag of each token; that of each step is added to `steps_taken`.
pub(crate) fn marginals(
    scores: &[[f32; TAGS]],
    steps: &Steps,
    steps_taken: &mut Steps,
) -> Vec<[f32; TAGS]> {
    let never = [f32::NEG_INFINITY; TAGS];
    let mut ahead = vec![never; scores.len()];
    let mut behind = vec![[0.0; TAGS]; scores.len()];
    for i in 0..scores.len() {
        for to in 0..TAGS {
            ahead[i][to] = scores[i][to]
                + match i.checked_sub(1) {
                    None if to == INSIDE => f32::NEG_INFINITY,
                    None => steps[START][to],
                    Some(last) => sum(|from| {
                        if allowed(from, to) {
                            ahead[last][from] + steps[from][to]
                        } else {
                            f32::NEG_INFINITY
                        }
                    }),
                };
        }
    }
    for i in (0..scores.len().saturating_sub(1)).rev() {
        for from in 0..TAGS {
            behind[i][from] = sum(|to| {
                if allowed(from, to) {
                    steps[from][to] + scores[i + 1][to] + behind[i + 1][to]
                } else {
                    f32::NEG_INFINITY
                }
            });
        }
    }
    let Some(last) = ahead.last() else {
        return Vec::new();
    };
    let all = sum(|tag| last[tag]);
    let mut likely = vec![[0.0; TAGS]; scores.len()];
    for i in 0..scores.len() {
        for to in 0..TAGS {
            likely[i][to] = (ahead[i][to] + behind[i][to] - all).exp();
            if i == 0 {
                steps_taken[START][to] += likely[0][to];
                continue;
            }
            for from in (0..TAGS).filter(|&from| allowed(from, to)) {
                let path = ahead[i - 1][from] + steps[from][to] + scores[i][to] + behind[i][to];
                steps_taken[from][to] += (path - all).exp();
            }
        }
    }
    likely
}

fn allowed(from: usize, to: usize) -> bool {
    from != OUT || to != INSIDE
}

/// Logarithm of the sum of exponentials.
fn sum(of: impl Fn(usize) -> f32) -> f32 {
    let values: [f32; TAGS] = std::array::from_fn(of);
    let most = values.into_iter().fold(f32::NEG_INFINITY, f32::max);
    if most == f32::NEG_INFINITY {
        return most;
    }
    most + values
        .into_iter()
        .map(|value| (value - most).exp())
        .sum::<f32>()
        .ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_agree_with_counting_every_row_of_tags() {
        let scores = [
            [0.3, -0.2, 0.9],
            [-0.5, 0.4, 0.1],
            [0.0, 1.2, -0.7],
            [0.2, 0.1, 0.6],
        ];
        let steps = [
            [0.1, -0.3, 9.0],
            [-0.2, 0.5, 0.4],
            [0.3, -0.6, 0.2],
            [0.4, -0.1, 9.0],
        ];
        let mut expected = [[0.0_f32; TAGS]; 4];
        let mut expected_steps: Steps = [[0.0; TAGS]; TAGS + 1];
        let mut all = 0.0;
        for code in 0..81 {
            let tags: Vec<usize> = (0..4).map(|i| code / 3_usize.pow(i) % 3).collect();
            let before = |i: usize| if i == 0 { START } else { tags[i - 1] };
            if (0..4).any(|i| tags[i] == INSIDE && matches!(before(i), OUT | START)) {
                continue;
            }
            let score: f32 = (0..4)
                .map(|i| scores[i][tags[i]] + steps[before(i)][tags[i]])
                .sum();
            all += score.exp();
            for i in 0..4 {
                expected[i][tags[i]] += score.exp();
                expected_steps[before(i)][tags[i]] += score.exp();
            }
        }
        let mut taken: Steps = [[0.0; TAGS]; TAGS + 1];
        let got = marginals(&scores, &steps, &mut taken);
        let pairs = got.iter().chain(&taken).flatten();
        for (got, expected) in pairs.zip(expected.iter().chain(&expected_steps).flatten()) {
            assert!(
                (got - expected / all).abs() < 1e-5,
                "{got} {}",
                expected / all
            );
        }
    }
}
