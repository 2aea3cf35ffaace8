"""Makes the built-in vector table from the input embeddings of MiniLM.

usage: make_static.py MINILM_DIR OUT_DIR DIMS

MINILM_DIR holds model.safetensors and tokenizer.json of all-MiniLM-L6-v2. The
result is in the format of model2vec: rows are normalised, projected on their
first DIMS principal components, normalised again, weighted by SIF (smooth
inverse frequency, Arora et al. 2017) with the rank in the vocabulary standing
for the frequency, and stored as 8-bit integers. Needs numpy and safetensors,
no torch, and about a second.
"""
import json
import os
import sys

import numpy as np
from safetensors.numpy import load_file, save_file

# In the vocabulary of bert-base-uncased, ids from here ("the") on are words in
# order of frequency; before it are control tokens and single characters.
FIRST_WORD = 1996
# The constant of SIF, as its authors use it.
SIF = 1e-4
# Rank given to what stands before the first word.
UNRANKED = 3.0


def normalised(rows):
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)


def table(embeddings, dims):
    rows = normalised(embeddings.astype(np.float32))
    centred = rows - rows[FIRST_WORD:].mean(0)
    words = centred[FIRST_WORD:]
    components = np.linalg.eigh(words.T @ words)[1][:, ::-1][:, :dims]
    projected = normalised(centred @ components)
    rank = np.full(len(rows), UNRANKED)
    rank[FIRST_WORD:] = np.arange(1, len(rows) - FIRST_WORD + 1)
    frequency = 1 / rank
    frequency /= frequency[FIRST_WORD:].sum()
    projected *= (SIF / (SIF + frequency))[:, None]
    return np.clip(np.round(projected / (np.abs(projected).max() / 127)), -127, 127).astype(np.int8)


def main():
    source, out, dims = sys.argv[1], sys.argv[2], int(sys.argv[3])
    weights = load_file(f"{source}/model.safetensors")
    name = next(name for name in weights if name.endswith("embeddings.word_embeddings.weight"))
    os.makedirs(out, exist_ok=True)
    save_file({"embeddings": table(weights[name], dims)}, f"{out}/model.safetensors")
    with open(f"{source}/tokenizer.json", encoding="utf-8") as file:
        tokenizer = json.load(file)
    tokenizer["padding"] = tokenizer["truncation"] = None
    with open(f"{out}/tokenizer.json", "w", encoding="utf-8") as file:
        json.dump(tokenizer, file, ensure_ascii=False, separators=(",", ":"))
    with open(f"{out}/config.json", "w", encoding="utf-8") as file:
        json.dump({"model_type": "model2vec", "hidden_dim": dims, "seq_length": 1000000, "normalize": True}, file)


main()
