# The ways to build, try and check Penstock; `make` alone lists them.
#
# Every target can be run again at any time: what is there already is left alone.

SWIFT  ?= swift
PREFIX ?= /usr/local
DOCS   := .build/docs
DEMO   := .build/demo
PENSTOCK := .build/release/penstock
CLASSIFY := $(PENSTOCK) classify --model Models/shapes/shapes.xml

# A self-contained program: it runs where no Swift is installed.
RELEASE := -c release --static-swift-stdlib --product penstock
# One test at a time: some measure time or memory, and the machine may be small.
TESTS := --disable-xctest --no-parallel

.DEFAULT_GOAL := help
.PHONY: help setup engine engine-tensorflow engine-onnxruntime engines test-tools build demo test lint format sanitize sanitize-address sanitize-thread docs install clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-19s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the missing system packages (root or sudo)
	@Scripts/setup/system.sh

engine: setup ## Fetch the default engine, OpenVINO, into .engines/
	@Scripts/setup/engine.sh openvino

engine-tensorflow: setup ## Fetch TensorFlow into .engines/: 274 MB, which become 854 MB
	@Scripts/setup/engine.sh tensorflow

engine-onnxruntime: setup ## Fetch ONNX Runtime into .engines/
	@Scripts/setup/engine.sh onnxruntime

engines: engine engine-tensorflow engine-onnxruntime ## Fetch all three engines: 357 MB, which become 990 MB

# What tests are held against, beyond what the build needs.
test-tools: setup
	@Scripts/setup/system.sh ffmpeg fonts-dejavu-core

build: setup ## Build the program: .build/release/penstock
	@echo "build: compiling for release; the first time takes some minutes"
	@$(SWIFT) build $(RELEASE)

demo: engine build ## Set everything up, classify the bundled pictures and clip, draw what was seen, make small pictures
	@Scripts/setup/system.sh fonts-dejavu-core
	@mkdir -p $(DEMO)
	@echo "demo: penstock classify Examples --model Models/shapes/shapes.xml --fps 1"
	@$(CLASSIFY) Examples --fps 1 --format table --top 1
	@$(CLASSIFY) Examples/clips/shapes.mp4 --output $(DEMO)/shapes.jsonl \
		--annotate $(DEMO)/shapes.mp4 --events $(DEMO)/shapes.vtt
	@echo "demo: every frame with its classes drawn: $(DEMO)/shapes.mp4, what was seen when: $(DEMO)/shapes.vtt"
	@$(PENSTOCK) process Examples/pictures --to $(DEMO)/pictures --gray --resize 128x --on-conflict overwrite
	@echo "demo: every picture grey and 128 wide: $(DEMO)/pictures"

test: engines test-tools ## Set everything up, all three engines with it, and run every test
	@echo "test: building and running the tests; the first time takes some minutes"
	@$(SWIFT) test $(TESTS)

lint: setup ## Check the formatting, the scripts and the project's own rules
	@echo "lint: formatting, scripts, links and sizes"
	@$(SWIFT) format lint --strict --recursive Sources Tests Package.swift
	@Scripts/check_project.sh

format: ## Format the Swift sources in place
	@$(SWIFT) format --in-place --recursive Sources Tests Package.swift

sanitize: sanitize-address sanitize-thread ## Run every test under both sanitizers

sanitize-address: engines test-tools ## Run every test under the address sanitizer
	@SWIFT="$(SWIFT)" Scripts/sanitize/run.sh address $(TESTS)

sanitize-thread: engines test-tools ## Run every test under the thread sanitizer
	@SWIFT="$(SWIFT)" Scripts/sanitize/run.sh thread $(TESTS)

docs: setup ## Write the library's documentation to .build/docs
	@SWIFT="$(SWIFT)" Scripts/docs.sh $(DOCS)

# The program looks for engines beside itself, so both lie in one folder and PREFIX/bin holds a link.
install: engine build ## Install under PREFIX (/usr/local): program, engines, completions
	@Scripts/install.sh "$(DESTDIR)$(PREFIX)"

clean: ## Remove what was built; the engines stay
	rm -rf .build
