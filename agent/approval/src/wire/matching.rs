//! Giving each approved value a pair of its own.

/// For each claim the pair it takes, where every pair is taken at most once and
/// as many claims as possible have one. Pairs that `preferred` names are taken
/// wherever that is possible without leaving more claims empty.
///
/// Augmenting paths (Kuhn): the second round never frees a pair of the first.
pub(super) fn assign(
    claims: &[Vec<usize>],
    pairs: usize,
    preferred: impl Fn(usize) -> bool,
) -> Vec<Option<usize>> {
    let mut owner: Vec<Option<usize>> = vec![None; pairs];
    let mut has = vec![false; claims.len()];
    for only_preferred in [true, false] {
        for (claim, has) in has.iter_mut().enumerate() {
            if !*has {
                let allowed = |pair: usize| !only_preferred || preferred(pair);
                *has = augment(claim, claims, &mut owner, &allowed);
            }
        }
    }
    let mut taken = vec![None; claims.len()];
    for (pair, claim) in owner.iter().enumerate() {
        if let Some(slot) = claim.and_then(|claim| taken.get_mut(claim)) {
            *slot = Some(pair);
        }
    }
    taken
}

/// Finds `start` a pair, moving other claims to other pairs where needed.
fn augment(
    start: usize,
    claims: &[Vec<usize>],
    owner: &mut [Option<usize>],
    allowed: &dyn Fn(usize) -> bool,
) -> bool {
    // The claim from which each pair was reached.
    let mut reached: Vec<Option<usize>> = vec![None; owner.len()];
    let mut waiting = std::collections::VecDeque::from([start]);
    while let Some(claim) = waiting.pop_front() {
        for &pair in claims.get(claim).into_iter().flatten() {
            let Some(from) = reached.get_mut(pair) else {
                continue;
            };
            if from.is_some() || !allowed(pair) {
                continue;
            }
            *from = Some(claim);
            match owner.get(pair).copied().flatten() {
                Some(other) => waiting.push_back(other),
                None => {
                    hand_over(pair, start, claims, (&reached, owner));
                    return true;
                }
            }
        }
    }
    false
}

/// Gives the free pair at the end of a path to the claim it was reached from,
/// that claim's former pair to the one before, and so on back to the start.
fn hand_over(
    free: usize,
    start: usize,
    claims: &[Vec<usize>],
    (reached, owner): (&[Option<usize>], &mut [Option<usize>]),
) {
    let mut pair = free;
    for _ in 0..=claims.len() {
        let Some(claim) = reached.get(pair).copied().flatten() else {
            return;
        };
        let former = owner.iter().position(|holder| *holder == Some(claim));
        if let Some(slot) = owner.get_mut(pair) {
            *slot = Some(claim);
        }
        match former {
            Some(former) if claim != start => pair = former,
            Some(_) | None => return,
        }
    }
}

#[cfg(test)]
#[allow(
    clippy::indexing_slicing,
    reason = "the sizes stand beside the indices"
)]
mod tests {
    use super::assign;

    /// The most claims, and with them the most preferred pairs, by trying everything.
    fn best(
        claims: &[Vec<usize>],
        used: &mut [bool],
        preferred: &dyn Fn(usize) -> bool,
    ) -> (usize, usize) {
        let Some((first, rest)) = claims.split_first() else {
            return (0, 0);
        };
        let mut best_found = best(rest, used, preferred);
        for &pair in first {
            if !used[pair] {
                used[pair] = true;
                let (filled, liked) = best(rest, used, preferred);
                best_found = best_found.max((filled + 1, liked + usize::from(preferred(pair))));
                used[pair] = false;
            }
        }
        best_found
    }

    #[test]
    fn as_many_claims_as_possible_get_a_pair_and_preferred_pairs_go_first() {
        const PAIRS: usize = 5;
        let mut state = 7_u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 16
        };
        for _ in 0..2_000 {
            let claims: Vec<Vec<usize>> = (0..random() % 6)
                .map(|_| (0..PAIRS).filter(|_| random() % 3 == 0).collect())
                .collect();
            let liked = random();
            let preferred = |pair: usize| liked >> pair & 1 == 1;
            let taken = assign(&claims, PAIRS, preferred);
            let pairs: Vec<usize> = taken.iter().flatten().copied().collect();
            let once: std::collections::BTreeSet<_> = pairs.iter().collect();
            assert_eq!(once.len(), pairs.len(), "a pair was taken twice: {taken:?}");
            for (claim, pair) in taken.iter().enumerate() {
                assert!(
                    pair.is_none_or(|pair| claims[claim].contains(&pair)),
                    "{claims:?} {taken:?}"
                );
            }
            let filled = (
                pairs.len(),
                pairs.iter().filter(|pair| preferred(**pair)).count(),
            );
            assert_eq!(
                filled,
                best(&claims, &mut [false; PAIRS], &preferred),
                "{claims:?} {liked:b}"
            );
        }
    }
}
