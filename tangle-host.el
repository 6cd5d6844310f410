;;; tangle-host.el --- documents to files  -*- lexical-binding: t -*-

;; Everything is read before anything is written: a mistake in the last document leaves all files as they were.

;;; Code:

(require 'org-documents)

(cl-defstruct documents-target
  "A FILE that tangling makes, with its TEXT and MODE; ORIGIN says which block asked for it."
  file text mode origin)

(defconst documents-commands-folder "tests/commands")
(defconst documents-expected-folder "tests/expected")

(defun documents-tangle ()
  "Make the files that the documents describe."
  (documents-main
   "tangle-host.sh"
   (lambda (arguments)
     (when arguments
       (documents-fail "no arguments are taken, not %s" (string-join arguments " ")))
     (let* ((files (documents-files "examples"))
            (targets (documents-targets files))
            (written (cl-count-if #'documents-write-target targets))
            (removed (documents-remove-stale targets)))
       (documents-say "tangle-host.sh: %d documents, %d files: %d written, %d removed"
                      (length files) (length targets) written removed)))))

(defun documents-targets (files)
  "The targets of all FILES; two of one name are an error."
  (let ((origins (make-hash-table :test 'equal)))
    (cl-loop for file in files
             append (cl-loop for target in (documents-in file (documents-targets-here))
                             for other = (gethash (documents-target-file target) origins)
                             when other
                             do (documents-fail "%s and %s both make %s"
                                                other (documents-target-origin target)
                                                (documents-target-file target))
                             do (puthash (documents-target-file target) (documents-target-origin target) origins)
                             collect target))))

(defun documents-targets-here ()
  "The targets of the current buffer."
  (append (cl-loop for block in (documents-commands)
                   collect (documents-command-target block)
                   for expected = (documents-expected-target block)
                   when expected collect expected)
          (documents-file-targets (documents-blocks))))

(defun documents-origin (block)
  "Where BLOCK stands, for a reader."
  (format "%s:%d%s" (documents-block-file block) (documents-block-line block)
          (if (documents-block-name block) (format " (block %s)" (documents-block-name block)) "")))

;;;; Commands

(defun documents-command-target (block)
  "The script of BLOCK, which says in its first lines what the block's header arguments say."
  (let* ((folder (directory-file-name
                  (file-relative-name (documents-block-directory block)
                                      (expand-file-name documents-commands-folder documents-root))))
         (options (cl-loop for option in '(needs exit check)
                           for value = (documents-block-option block (intern (format ":%s" option)))
                           when value concat (format "# %s: %s\n" option value))))
    (make-documents-target
     :file (expand-file-name (concat documents-commands-folder "/" (documents-block-name block)) documents-root)
     :mode #o755
     :origin (documents-origin block)
     :text (concat "#!/usr/bin/env bash\n"
                   (format "# Tangled from %s: edit the block %s there.\n"
                           (documents-block-file block) (documents-block-name block))
                   options
                   (documents-block-script
                    block
                    (concat "cd \"$(dirname \"${BASH_SOURCE[0]}\")\"/" (documents-quote-path folder) "\n"))))))

(defun documents-quote-path (path)
  "PATH as bash reads it, quoted only where it has to be."
  (if (string-match-p "\\`[A-Za-z0-9._/-]+\\'" path) path (documents-quote path)))

(defun documents-expected-target (block)
  "The recorded result of BLOCK, or nil where there is none."
  (let ((result (documents-recorded (documents-block-name block))))
    (and result
         (make-documents-target
          :file (expand-file-name (concat documents-expected-folder "/" (documents-block-name block)) documents-root)
          :origin (documents-origin block)
          :text result))))

(defun documents-remove-stale (targets)
  "Remove what lies in the two folders and is none of TARGETS; return how many files that were."
  (let ((kept (mapcar #'documents-target-file targets)))
    (cl-loop for folder in (list documents-commands-folder documents-expected-folder)
             when (file-directory-p folder)
             sum (cl-loop for file in (directory-files (expand-file-name folder documents-root) t)
                          when (and (file-regular-p file) (not (member file kept)))
                          do (delete-file file)
                          and do (documents-say "removed %s" (file-relative-name file documents-root))
                          and count t))))

;;;; Files

(defun documents-file-targets (blocks)
  "The files that BLOCKS name in :tangle; the blocks of one file follow each other, an empty line between them."
  (let (targets)
    (dolist (block blocks)
      (let ((file (documents-tangled-file block)))
        (when file
          (let ((target (cl-find file targets :key #'documents-target-file :test #'equal))
                (text (concat (string-trim-right (documents-block-text block) "\n+") "\n")))
            (if target
                (setf (documents-target-text target) (concat (documents-target-text target) "\n" text)
                      (documents-target-mode target) (or (documents-target-mode target)
                                                         (documents-tangled-mode block)))
              (push (documents-file-target block file text) targets))))))
    (nreverse targets)))

(defun documents-file-target (block file text)
  "The target FILE that BLOCK begins with TEXT."
  (let ((shebang (documents-block-option block :shebang)))
    (make-documents-target :file file
                           :mode (documents-tangled-mode block)
                           :origin (documents-origin block)
                           :text (if shebang (concat shebang "\n" text) text))))

(defun documents-tangled-file (block)
  "The file that BLOCK is tangled to, absolute, or nil; one outside of the project is refused."
  (let ((tangle (documents-block-option block :tangle))
        (document (expand-file-name (documents-block-file block) documents-root)))
    (unless (member tangle '(nil "no"))
      (when (documents-block-option block :var)
        (documents-block-fail block ":var is not supported in a block that is tangled to a file"))
      (let ((file (expand-file-name
                   (if (equal tangle "yes")
                       (concat (file-name-base document) "." (documents-extension (documents-block-language block)))
                     tangle)
                   (file-name-directory document))))
        (unless (file-in-directory-p file documents-root)
          (documents-block-fail block ":tangle %s is outside of the project" tangle))
        file))))

(defun documents-extension (language)
  "The extension of the files of LANGUAGE, as far as Org knows it."
  (require (intern (concat "ob-" language)) nil t)
  (or (cdr (assoc language org-babel-tangle-lang-exts)) language))

(defun documents-tangled-mode (block)
  "The mode that BLOCK gives its file, or nil: of :tangle-mode, such as (identity #o755), or a :shebang's."
  (let ((given (documents-block-option block :tangle-mode)))
    (cond
     ((null given) (and (documents-block-option block :shebang) #o755))
     ((string-match "\\`(?\\(?:identity \\)?#?o?\\([0-7]\\{3,4\\}\\))?\\'" given)
      (string-to-number (match-string 1 given) 8))
     (t (documents-block-fail block ":tangle-mode is a mode such as o755, not %s" given)))))

(defun documents-write-target (target)
  "Write TARGET, and say so where that changed its file."
  (when (documents-write (documents-target-file target) (documents-target-text target) (documents-target-mode target))
    (documents-say "wrote %s" (file-relative-name (documents-target-file target) documents-root))
    t))

(provide 'tangle-host)
;;; tangle-host.el ends here
