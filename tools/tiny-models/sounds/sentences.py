"""What the synthetic voices say: two stocks of words with nothing in common, one for training and one held out."""

_TRAINING = {
    "who": "the teacher|my brother|our neighbour|the old farmer|a young woman|the doctor|everyone|nobody|the captain|her friend|the children|a stranger|the baker|this man".split("|"),
    "did": "walked to|looked at|forgot|found|painted|carried|wanted|talked about|waited for|bought|opened|remembered|cleaned|asked for".split("|"),
    "what": "the green door|a wooden boat|seven apples|the long letter|some warm bread|an umbrella|the river|a small garden|the broken window|two bicycles|her suitcase|the music box|a cup of tea|the map".split("|"),
    "when": "yesterday|in the morning|after lunch|before the storm|last winter|on Sunday|every day|at nine o'clock|without a word|for the first time|in the end|as always".split("|"),
    "extra": "but nobody noticed|because it was late|and that was all|so we went home|although it rained|which surprised me|if I remember correctly|and then she laughed".split("|"),
}
_HELD_OUT = {
    "who": "the engineer|your cousin|a tired soldier|the mayor|his grandmother|the pilot|some visitors|the librarian|a quiet girl|the gardener".split("|"),
    "did": "repaired|listened to|built|described|sold|climbed over|searched for|photographed|finished|borrowed".split("|"),
    "what": "the yellow tractor|an empty bottle|the mountain path|five blankets|that strange clock|the kitchen table|a bag of flour|the harbour|their new roof|a silver ring".split("|"),
    "when": "tomorrow evening|around midnight|during the holidays|in early spring|once again|with great care|under the bridge|two weeks ago".split("|"),
    "extra": "until the lights went out|since there was time|yet it felt wrong|while the others slept|and we never knew why".split("|"),
}
_SYLLABLES = {False: "ba ke mi lo su ta ri no fe du ga li ma so pe tu ra vi".split(), True: "cho zan wel bri gor hin jat klu mep dro sif yan quo nel".split()}


def sentences(rng, held_out, seconds, made_up=True):
    """About so many seconds of text: sentences, numbers, or, if wanted, made-up words that any language can pronounce."""
    stock = _HELD_OUT if held_out else _TRAINING
    parts, kind = [], rng.random()
    while len(" ".join(parts)) < seconds * 15:
        if kind < 0.65 or not made_up:
            parts.append(_sentence(rng, stock))
        elif kind < 0.8:
            parts.append(str(int(rng.integers(10, 9999))) + ",")
        else:
            parts.append("".join(rng.choice(_SYLLABLES[held_out]) for _ in range(int(rng.integers(1, 5)))) + ("." if rng.random() < 0.15 else ""))
    return " ".join(parts)


def _sentence(rng, stock):
    sentence = " ".join(str(rng.choice(stock[part])) for part in ("who", "did", "what"))
    if rng.random() < 0.7:
        sentence += " " + str(rng.choice(stock["when"]))
    if rng.random() < 0.4:
        sentence += ", " + str(rng.choice(stock["extra"]))
    return sentence + str(rng.choice([".", ".", ".", "?", "!"]))
