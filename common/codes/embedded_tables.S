/* The tables of this folder, byte for byte, in read-only data. Paths are from
   the root of the tree, which is on the include path. */
  .section .rodata

  .macro embed name, path
  .global \name
  .global \name\()_end
  .balign 16
\name:
  .incbin "\path"
\name\()_end:
  .byte 0
  .endm

  embed jiedui_codes_regions, common/codes/regions.tsv
  embed jiedui_codes_subjects, common/codes/subjects-gbt13745-2009.csv
  embed jiedui_codes_industries, common/codes/industries-gbt4754-2017.csv
  embed jiedui_codes_crosswalk, common/codes/crosswalk.csv

  .section .note.GNU-stack, "", %progbits
