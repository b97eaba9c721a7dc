"""What scenes show and how pictures look, in the words for it; and which drawn scene shows what."""
from . import nature, places, writing

# Concept: the words for it. The first is the one that measuring uses.
WORDS_FOR = {
    "sky": ["the sky", "sky", "a blue sky", "a natural sky"], "clouds": ["clouds", "a cloudy sky", "cloud"], "grass": ["grass", "a lawn", "green grass", "turf"],
    "meadow": ["a meadow", "a field", "a pasture", "grassland", "a sunny garden", "prairie", "countryside"], "water": ["water", "a water surface", "waves", "ripples"],
    "sea": ["the sea", "the ocean", "a seaside", "open water", "a coastline", "coast"], "beach": ["a beach", "a sandy beach", "the seaside", "a holiday snapshot from the beach", "a shore"],
    "sand": ["sand", "sand dunes"], "desert": ["a desert", "dunes", "a dusty desert", "a wasteland"], "fire": ["fire", "flames", "a fire", "an explosion", "a blaze", "a burning fire"],
    "forest": ["a forest", "woods", "trees", "a wood", "woodland", "a jungle", "an enchanted forest"], "mountains": ["mountains", "a mountain", "a mountain ridge", "hills", "a summit", "alps"],
    "snow": ["snow", "a snowy landscape", "winter", "ice"], "sunset": ["a sunset", "a sunrise", "dusk", "dawn", "evening light", "twilight"],
    "night": ["night", "a scene at night", "by night", "nighttime", "a night scene"], "day": ["day", "a scene by day", "daytime", "daylight", "in broad daylight"],
    "space": ["outer space", "a planet", "an alien planet", "an alien world", "planets", "the universe", "a galaxy"], "fog": ["fog", "mist", "haze", "a foggy view"],
    "wood": ["wood grain", "a wooden surface", "planks", "timber"], "stone": ["stone", "gravel", "rock", "pebbles"], "texture": ["a texture", "a rough surface", "a textured surface", "a material"],
    "brick wall": ["a brick wall", "bricks", "masonry"], "city": ["a city", "a town", "a skyline", "downtown", "a cityscape", "skyscrapers"],
    "buildings": ["buildings", "architecture", "houses"], "street": ["a street", "a road", "traffic on an actual street", "a busy street", "traffic", "a highway", "an avenue", "the pavement"],
    "cars": ["cars", "traffic", "parked cars", "a car park"], "room": ["a room", "a living room", "an interior", "a chamber", "an apartment", "a hideout"],
    "hall": ["a hall", "a lobby", "a large hall"], "corridor": ["a corridor", "a hallway", "a passage", "an entrance"], "factory": ["a factory", "a workshop", "a warehouse", "a garage", "a laboratory", "industry"],
    "studio": ["a studio", "a photo studio", "a television studio", "studio lighting"], "house inside": ["the inside of a house", "an empty flat"],
    "stage": ["a stage", "a concert", "spotlights", "a music video", "coloured lights", "a stage show", "a band under spotlights"],
    "pitch": ["a sports field", "a football pitch", "a football match", "a court", "a stadium", "a playing field", "a tennis match on a court", "players on a pitch", "an athletics track"],
    "from above": ["an aerial view", "a drone view", "fields seen from above", "a bird's-eye view", "a drone shot", "seen by a drone", "from high above"],
    "nature": ["nature", "a landscape", "scenery", "the outdoors"], "indoor": ["indoors", "an indoor scene", "inside", "an interior"], "outdoor": ["outdoors", "an outdoor scene", "outside", "open air"],
    "text": ["text", "written text", "words", "letters", "writing", "lettering", "a caption"], "title": ["a title", "a film title", "a title card", "opening titles", "a headline", "a company logo with a slogan"],
    "credits": ["credits", "end credits", "closing credits", "a list of names"], "page": ["a page of text", "a document", "a book page", "a letter", "a printed page"],
    "slide": ["a slide", "a slide with text, charts and diagrams", "a presentation", "a chart", "a diagram", "charts and diagrams", "a slide from an online course"],
    "screen": ["a computer screen", "a screenshot", "a screen recording", "a computer desktop", "a browser window", "source code", "a spreadsheet", "a web page", "a user interface", "a computer program"],
    "banner": ["a news banner", "breaking news", "a news ticker", "the evening news", "television news", "a TV news picture with a ticker at the bottom", "a newsreader"],
    "subtitles": ["subtitles", "a subtitle", "captions"],
    # How pictures look.
    "drawn": ["a cartoon", "animation", "a drawing", "drawn", "an illustration", "clip art", "an animated film", "cartoon", "animated", "a cartoon with drawn characters", "an anime drawing",
              "a cel-shaded cartoon", "a computer-animated film", "a painted picture", "a comic", "an icon", "graphics", "a puppet animation", "rendered figures", "an animated cartoon"],
    "photographic": ["a real photo", "live action", "a photograph", "photographic", "a camera recording", "a real photograph", "photography", "filmed with a camera", "a documentary photograph",
                     "real life", "real", "actual", "a movie scene played by real actors", "footage", "natural footage", "recorded with a camera"],
    "blurry": ["blurry", "blurred", "out of focus", "a blurry picture", "unsharp", "a blurry photo that is out of focus", "smeared", "defocused", "shaky", "soft"],
    "sharp": ["sharp", "in focus", "a sharp picture", "crisp", "a crisp, razor-sharp photo with fine detail", "clear", "fine detail", "high definition"],
    "noisy": ["noisy", "grainy", "a noisy picture", "film grain", "a grainy photo taken in poor light", "noise", "grain", "static", "speckled"],
    "clean": ["clean", "free of noise", "a clean picture", "noiseless", "a clean picture with smooth, natural gradations", "smooth"],
    "pixelated": ["pixelated", "blocky", "a pixelated picture", "low resolution", "mosaic", "a heavily compressed picture full of blocky artefacts", "compressed", "artefacts"],
    "washed-out": ["washed-out", "faded", "low contrast", "a washed-out picture with faded, dull colours", "dull", "pale", "hazy"],
    "underexposed": ["underexposed", "too dark", "an underexposed picture", "poor light", "dim"], "overexposed": ["overexposed", "burnt-out highlights", "an overexposed picture", "too bright", "glaring"],
    "black-and-white": ["black-and-white", "black and white", "monochrome", "a black-and-white film", "greyscale", "a silent film"],
    "sepia": ["sepia", "a sepia picture", "a vintage sepia newsreel", "brownish tones"],
    "old film": ["an old film", "scratches", "a scratched film", "a vintage film", "an old home movie", "dust and hairs", "old, faded film", "scratched"],
    "widescreen": ["widescreen", "black bars", "letterbox", "cinematic", "a widescreen movie shot", "the big screen", "a cinema film"],
    "security": ["security footage", "a surveillance camera", "grainy security footage of a corridor with a time stamp", "a time stamp", "CCTV", "security camera"],
    "vivid": ["vivid", "rich colours", "saturated", "a vivid picture with rich, deep tones"],
}
# Common kinds of things, by the words that people type: asked for in every batch, and measured by.
KINDS = {
    "animals": ["dog", "cat", "horse", "cow", "pig", "elephant", "rabbit", "bird", "fish", "bear", "lion", "monkey", "frog", "snake", "turtle", "butterfly", "chicken", "owl", "whale", "sheep"],
    "food": ["apple", "banana", "bread", "cake", "carrot", "cheese", "cherries", "coffee", "egg", "grapes", "hamburger", "ice cream", "lemon", "pizza", "strawberry", "tomato", "watermelon", "hot dog", "sushi", "beer"],
    "vehicles": ["car", "bus", "bicycle", "boat", "airplane", "train", "truck", "motorcycle", "helicopter", "rocket", "tractor", "ship"],
    "plants and buildings": ["tree", "flower", "rose", "cactus", "sunflower", "mushroom", "house", "castle", "church", "hospital", "tent", "bridge"],
    "people and faces": ["man", "woman", "baby", "hand", "robot", "ghost", "clown", "eye", "ear", "foot", "skull", "fairy"],
    "things": ["book", "chair", "clock", "computer", "guitar", "key", "knife", "lamp", "phone", "umbrella", "camera", "television", "scissors", "hat", "shoe", "glasses", "piano", "hammer", "candle", "bell"],
    "broad kinds": ["animal", "food", "vehicle", "building", "person", "plant", "clothing", "musical instrument", "tool", "face"],
}
# Scene: (how it is drawn, how many in a thousand, what it shows, what is left open).
_OUT = ["outdoor", "nature"]
SCENES = {
    "sky": (nature.sky, 35, [*_OUT, "sky", "clouds", "day"], []), "grass": (nature.grass, 30, ["grass"], [*_OUT, "meadow", "texture", "day"]),
    "meadow": (nature.meadow, 50, [*_OUT, "grass", "meadow", "sky", "day"], ["clouds", "forest"]), "water": (nature.water, 30, ["water"], [*_OUT, "sea", "texture", "day"]),
    "sea": (nature.sea, 40, [*_OUT, "water", "sea", "sky", "day"], ["clouds", "beach"]), "beach": (nature.beach, 40, [*_OUT, "beach", "sand", "sea", "water", "day"], ["sky", "clouds"]),
    "sand": (nature.sand, 25, ["sand"], [*_OUT, "desert", "beach", "texture", "day"]), "desert": (nature.desert, 35, [*_OUT, "desert", "sand", "sky", "day"], ["clouds", "mountains", "beach"]),
    "fire": (nature.fire, 40, ["fire"], ["night", "outdoor", "sunset"]), "forest": (nature.forest, 45, [*_OUT, "forest", "day"], ["grass"]),
    "mountains": (nature.mountains, 45, [*_OUT, "mountains", "sky", "day"], ["clouds", "snow", "grass", "meadow", "stone"]), "snow": (nature.snow, 40, [*_OUT, "snow"], ["day", "mountains", "forest", "fog"]),
    "sunset": (nature.sunset, 45, [*_OUT, "sunset", "sky"], ["day", "night", "sea", "water", "clouds", "mountains"]), "night sky": (nature.night_sky, 45, [*_OUT, "night", "sky"], ["space", "mountains"]),
    "space": (nature.space, 35, ["space"], ["night", "outdoor", "nature", "sky"]), "fog": (nature.fog, 20, [*_OUT, "fog"], ["day", "forest", "mountains", "snow", "sky", "clouds"]),
    "surface": (nature.surface, 40, ["texture"], ["stone", "sand"]), "wood": (nature.wood, 20, ["wood", "texture"], ["desert"]),
    "city": (places.city, 45, ["outdoor", "city", "buildings", "day"], ["sky", "street", "clouds"]), "night city": (places.night_city, 45, ["outdoor", "city", "buildings", "night"], ["street", "cars", "sky"]),
    "street": (places.street, 55, ["outdoor", "street", "day"], ["city", "buildings", "cars", "sky", "grass", "meadow", "nature", "clouds"]),
    "room": (places.room, 60, ["indoor", "room", "house inside"], ["studio", "hall", "day"]), "corridor": (places.corridor, 30, ["indoor", "corridor"], ["room", "house inside", "hall"]),
    "brick wall": (places.brick_wall, 20, ["brick wall"], ["texture", "buildings", "stone", "outdoor"]), "stage": (places.stage, 40, ["stage"], ["night", "indoor", "studio", "hall"]),
    "pitch": (places.pitch, 40, ["pitch"], ["outdoor", "grass", "day", "from above", "indoor"]), "from above": (places.from_above, 40, ["from above", "outdoor"], ["nature", "day", "meadow", "city", "grass"]),
    "title": (writing.title, 35, ["text", "title"], ["screen"]), "credits": (writing.credits, 30, ["text", "credits"], ["screen", "title", "page"]),
    "page": (writing.page, 30, ["text", "page"], ["screen"]), "slide": (writing.slide, 35, ["text", "slide"], ["screen", "title", "page"]), "screen": (writing.screen, 40, ["screen"], ["text", "page", "slide"]),
}
GRAPHIC = {"title", "credits", "page", "slide", "screen"}  # neither cartoon nor photograph
SMOOTH = {"sky", "sunset", "fog", "space", "water", "stage", "fire"}  # sharp and blurred look alike
LOOKS = ["drawn", "photographic", "blurry", "sharp", "noisy", "clean", "pixelated", "washed-out", "underexposed", "overexposed", "black-and-white", "sepia", "old film", "widescreen", "security", "vivid"]
